import { isFloat } from "../../core/dtype.js";
import { type Config, isConfig } from "../../core/parts.js";
import type { Json } from "../../core/stateful.js";

// Files of Python tell 2.0 from 2, which makes floats of integers; see readJson, which marks what is written so.

/** A call in a file with numbers as numbers. */
export function plainFloats(json: Json): Json {
  return replaced(json, (number) => number);
}

/**
 * The same for a call of an operation: whole floats beside nothing but integers become constants of float32, since they
 * make the result one. Beside floats they are numbers like others.
 */
export function floatsAsCalled(json: Json): Json {
  const dtypes = dtypesIn(json);
  const hasFloat = dtypes.some((dtype) => isFloat(dtype as never));
  if (dtypes.length === 0 || hasFloat) return plainFloats(json);
  return replaced(json, (value) => ({ class_name: "__numpy__", config: { value, dtype: "float32" } }));
}

const markIn = (json: Json): number | null =>
  isConfig(json) && json["class_name"] === "__float__" ? (json["config"] as number) : null;

function replaced(json: Json, by: (number: Json) => Json): Json {
  const mark = markIn(json);
  if (mark !== null) return by(mark);
  if (Array.isArray(json)) {
    const list = json as readonly Json[];
    const plain = list.map((item) => markIn(item) ?? item);
    // A list of numbers is one constant.
    const isConstant = plain.every((item) => typeof item === "number");
    if (isConstant) return plain.some((item, i) => item !== list[i]) ? by(plain) : json;
    return list.map((item) => replaced(item, by));
  }
  if (!isConfig(json)) return json;
  const entries = Object.entries(json);
  const changed = entries.map(([key, item]) => [key, replaced(item, by)] as const);
  return changed.some(([, item], i) => item !== entries[i]![1]) ? Object.fromEntries(changed) : json;
}

/** The dtypes of the tensors of the network in a call. */
function dtypesIn(json: Json): string[] {
  if (Array.isArray(json)) return (json as readonly Json[]).flatMap(dtypesIn);
  if (!isConfig(json)) return [];
  const config = json["config"] as Config | undefined;
  if (json["class_name"] === "__keras_tensor__" && isConfig(config)) {
    return typeof config["dtype"] === "string" ? [config["dtype"]] : [];
  }
  return Object.values(json).flatMap(dtypesIn);
}

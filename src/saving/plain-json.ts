import type { Budget } from "../core/budget.js";
import { FormatError } from "../core/errors.js";
import { type Config, isConfig } from "../core/parts.js";
import { readJson } from "../core/read-json.js";
import type { Json } from "../core/stateful.js";

/** Keys with a meaning of their own in JavaScript; no config needs them. */
const DROPPED: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/**
 * JSON of a file as plain data. Python's tuples become lists; `NaN` and `Infinity`, which Python writes, become null
 * and the words that {@link Json} has for them.
 * @param text as an entry of an archive or as an attribute
 * @throws {FormatError} when it is no JSON, nested beyond all reason, or needs more memory than the file may have
 */
export function parseConfig(text: Uint8Array | string, where: string, budget: Budget): Json {
  return readJson(typeof text === "string" ? new TextEncoder().encode(text) : text, where, budget, {
    drop: DROPPED,
    floats: true,
    revive: (object) => (isTuple(object) ? object.items : object),
  });
}

/** {@link parseConfig} of what must be an object. */
export function parseModel(text: Uint8Array | string, part: string, file: string, budget: Budget): Config {
  const json = parseConfig(text, `${part} of "${file}"`, budget);
  if (isConfig(json)) return json;
  throw new FormatError({ code: "model-json", what: `The configuration in "${file}" is not an object` });
}

function isTuple(object: { readonly [key: string]: Json }): object is { class_name: string; items: Json } {
  if (!("class_name" in object) || !("items" in object)) return false;
  return object["class_name"] === "__tuple__" || object["class_name"] === "TensorShape";
}

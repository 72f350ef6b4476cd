import { FormatError } from "../core/errors.js";
import { optionFromKeras } from "../core/option-names.js";
import { type Config, isConfig } from "../core/parts.js";
import type { Json } from "../core/stateful.js";
import type { CallOptions } from "../layers/node.js";

/** A tensor in a file: output `tensor` of call `node` of a layer. */
export interface Reference {
  readonly layer: string;
  readonly node: number;
  readonly tensor: number;
}

/** One call of a layer in a file. */
export interface Call {
  readonly references: readonly Reference[];
  readonly takesList: boolean;
  readonly options: CallOptions;
  /** Keras 2's form, which also counts the calls of nested models differently. */
  readonly legacy: boolean;
}

/** Reads an entry of `inbound_nodes`: Keras 3's `{ args, kwargs }`, or Keras 2's list of [layer, node, tensor, kwargs]. */
export function readCall(json: Json, where: string): Call {
  if (Array.isArray(json)) return readLegacyCall(json, where);
  if (!isConfig(json) || !Array.isArray(json["args"])) throw notACall(json, where);
  const [argument, ...rest] = json["args"] as readonly Json[];
  if (argument === undefined) throw notACall(json, where);
  const named = isConfig(json["kwargs"]) ? Object.entries(json["kwargs"]) : [];
  // Tensors of further arguments, by place or by name, are inputs like the first.
  const further = [...rest, ...named.map(([, value]) => value).filter(holdsTensors)];
  const takesList = Array.isArray(argument) || further.length > 0;
  return {
    references: [argument, ...further].flat().map((item) => readTensor(item as Json, where)),
    takesList,
    options: readOptions(Object.fromEntries(named.filter(([, value]) => !holdsTensors(value)))),
    legacy: false,
  };
}

/** A tensor or a list of them. */
function holdsTensors(value: Json): boolean {
  const items: readonly Json[] = Array.isArray(value) ? value : [value];
  return items.length > 0 && items.every((item) => isConfig(item) && item["class_name"] === "__keras_tensor__");
}

function readTensor(json: Json, where: string): Reference {
  const config = isConfig(json) && json["class_name"] === "__keras_tensor__" ? json["config"] : undefined;
  const history = isConfig(config) ? config["keras_history"] : undefined;
  if (!Array.isArray(history)) throw notACall(json, where);
  const [layer, node, tensor] = history as readonly Json[];
  if (typeof layer !== "string" || typeof node !== "number" || typeof tensor !== "number") throw notACall(json, where);
  return { layer, node, tensor };
}

function readLegacyCall(json: readonly Json[], where: string): Call {
  // A single input may come without the outer list.
  const items = (typeof json[0] === "string" ? [json] : json) as readonly Json[];
  let options: CallOptions = {};
  const references = items.map((item) => {
    if (!Array.isArray(item)) throw notACall(item, where);
    const [layer, node, tensor, kwargs] = item as readonly Json[];
    if (typeof layer !== "string" || typeof node !== "number" || typeof tensor !== "number")
      throw notACall(item, where);
    if (isConfig(kwargs)) options = readOptions(kwargs);
    return { layer, node, tensor };
  });
  return { references, takesList: references.length > 1, options, legacy: true };
}

// null is Keras's "not given"; masks come with the data.
function readOptions(kwargs: Config): CallOptions {
  const given = Object.entries(kwargs).filter(([, value]) => value !== null);
  return Object.fromEntries(given.map(([key, value]) => [optionFromKeras(key), value]));
}

function notACall(json: Json, where: string): FormatError {
  return new FormatError({
    code: "call-json",
    what: `${where}: this does not describe a call of a layer`,
    received: JSON.stringify(json)?.slice(0, 200) ?? "nothing",
    expected: "one tensor or one list of tensors that other layers give",
  });
}

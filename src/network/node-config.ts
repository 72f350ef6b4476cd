import { FormatError } from "../core/errors.js";
import { MOST_LEVELS } from "../core/grouped.js";
import { optionFromKeras } from "../core/option-names.js";
import { type Config, isConfig } from "../core/parts.js";
import type { Json } from "../core/stateful.js";
import { separated } from "../layers/base/arguments.js";
import type { OperationDefinition } from "../layers/base/operation.js";
import { readArguments } from "../layers/base/operation-calls.js";
import { splitParameters } from "../layers/base/parameters.js";

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
  /** Where the tensors are given by name. */
  readonly names: readonly string[] | null;
  /** Options that are no tensors; the arguments of an operation. */
  readonly options: { readonly [option: string]: Json };
  /** Options that are. */
  readonly tensors: { readonly [option: string]: Reference };
  /** Keras 2's form, which also counts the calls of nested models differently. */
  readonly legacy: boolean;
}

/**
 * Reads an entry of `inbound_nodes`: Keras 3's `{ args, kwargs }`, or Keras 2's list of [layer, node, tensor, kwargs].
 * @param parameters as the layer has them
 */
export function readCall(json: Json, where: string, parameters: readonly string[] | null): Call {
  if (Array.isArray(json)) return readLegacyCall(json, where, parameters);
  if (!isConfig(json) || !Array.isArray(json["args"])) throw notACall(json, where);
  const kwargs = isConfig(json["kwargs"]) ? json["kwargs"] : {};
  const args = json["args"] as readonly Json[];
  if (parameters === null) {
    const [argument, ...rest] = args;
    if (argument === undefined || rest.length > 0) throw notACall(json, where);
    const references: Reference[] = [];
    const takesList = keptTensor(argument) === null;
    readGroup(argument, where, references, 0);
    const isRecord =
      isConfig(argument) && takesList && Object.values(argument).every((item) => keptTensor(item) !== null);
    return {
      // In the order of the references.
      names: isRecord ? Object.keys(argument).sort() : null,
      references,
      takesList,
      ...readOptions(withoutMasksOfGroups(kwargs), keptTensor),
      legacy: false,
    };
  }
  const { given, others } = byParameter(args, kwargs, parameters);
  if (given.length === 0) throw notACall(json, where);
  const references = given.map((item) => readTensor(item, where));
  return {
    references,
    takesList: references.length > 1,
    names: null,
    ...readOptions(others, keptTensor),
    legacy: false,
  };
}

/** A call of an operation: tensors and constants may stand anywhere among its arguments. */
export function readOperationCall(json: Json, where: string, definition: OperationDefinition): Call {
  const args = readArguments(definition, json, keptTensor);
  if (args === undefined) throw notACall(json, where);
  const isReference = (item: unknown): item is Reference =>
    typeof item === "object" && item !== null && "layer" in item && "node" in item;
  const { tensors, template } = separated<Reference>(args, isReference);
  if (tensors.length === 0) throw notACall(json, where);
  return {
    references: tensors,
    takesList: true,
    names: null,
    options: template.asOption,
    tensors: {},
    legacy: isConfig(json) && json["legacy"] === true,
  };
}

/** The arguments of the parameters, given by position or by name, in order; and all other named arguments. */
function byParameter(
  args: readonly Json[],
  kwargs: Config,
  parameters: readonly string[],
): { readonly given: readonly Json[]; readonly others: Config } {
  const { single, rest } = splitParameters(parameters);
  const names = rest === null ? single : [...single, rest];
  const values = names.map((name, i) => args[i] ?? kwargs[name] ?? null);
  const missing = values.indexOf(null);
  const present = missing === -1 ? values.length : missing;
  // Keras's callers may give one tensor alone where a list of any length may stand.
  const further = rest !== null && present === names.length ? [values.at(-1)!].flat() : [];
  return {
    given: [...values.slice(0, Math.min(present, single.length)), ...further],
    others: Object.fromEntries(Object.entries(kwargs).filter(([name]) => !names.includes(name))),
  };
}

/** The tensors in lists and objects, in one another, in the order of a row. */
function readGroup(json: Json, where: string, found: Reference[], level: number): void {
  const tensor = keptTensor(json);
  if (tensor !== null) {
    found.push(tensor);
    return;
  }
  const isRecord = isConfig(json) && !("class_name" in json);
  if ((!isRecord && !Array.isArray(json)) || level === MOST_LEVELS) throw notACall(json, where);
  const entries: readonly Json[] = isRecord
    ? Object.keys(json)
        .sort()
        .map((key) => json[key]!)
    : (json as readonly Json[]);
  if (entries.length === 0) throw notACall(json, where);
  for (const entry of entries) readGroup(entry, where, found, level + 1);
}

function readTensor(json: Json, where: string): Reference {
  const tensor = keptTensor(json);
  if (tensor === null) throw notACall(json, where);
  return tensor;
}

function keptTensor(json: Json): Reference | null {
  const config = isConfig(json) && json["class_name"] === "__keras_tensor__" ? json["config"] : undefined;
  return isConfig(config) ? history(config["keras_history"]) : null;
}

/** [layer, node, tensor], as Keras 2 also writes tensors among options. */
function history(json: Json | undefined): Reference | null {
  if (!Array.isArray(json) || json.length < 3) return null;
  const [layer, node, tensor] = json as readonly Json[];
  if (typeof layer !== "string" || typeof node !== "number" || typeof tensor !== "number") return null;
  return { layer, node, tensor };
}

function readLegacyCall(json: readonly Json[], where: string, parameters: readonly string[] | null): Call {
  // A single input may come without the outer list.
  const items = (typeof json[0] === "string" ? [json] : json) as readonly Json[];
  let kwargs: Config = {};
  for (const item of items) {
    const last = Array.isArray(item) ? (item as readonly Json[])[3] : undefined;
    if (isConfig(last)) kwargs = last;
  }
  const { given, others } = parameters === null ? { given: items, others: kwargs } : byName(items, kwargs, parameters);
  const references = given.map((item) => {
    const reference = history(item);
    if (reference === null) throw notACall(item, where);
    return reference;
  });
  return { references, takesList: references.length > 1, names: null, ...readOptions(others, history), legacy: true };
}

/** Keras 2 has the first parameter, or all tensors, as inputs, and others by name. */
function byName(items: readonly Json[], kwargs: Config, parameters: readonly string[]) {
  const { given, others } = byParameter(items.slice(0, 1), kwargs, parameters);
  return { given: items.length > 1 ? items : given, others };
}

/** null is Keras's "not given". */
function readOptions(kwargs: Config, tensorOf: (json: Json) => Reference | null): Pick<Call, "options" | "tensors"> {
  const options: Record<string, Json> = {};
  const tensors: Record<string, Reference> = {};
  for (const [key, value] of Object.entries(kwargs)) {
    if (value === null) continue;
    const tensor = tensorOf(value);
    if (tensor === null) options[optionFromKeras(key)] = value;
    else tensors[optionFromKeras(key)] = tensor;
  }
  return { options, tensors };
}

/** Keras notes the masks that came with a group of tensors; they come with them again. */
function withoutMasksOfGroups(kwargs: Config): Config {
  const { mask, ...rest } = kwargs;
  const isGroup = typeof mask === "object" && mask !== null && keptTensor(mask) === null;
  return isGroup ? rest : kwargs;
}

function notACall(json: Json, where: string): FormatError {
  return new FormatError({
    code: "call-json",
    what: `${where}: this does not describe a call of a layer`,
    received: JSON.stringify(json)?.slice(0, 200) ?? "nothing",
    expected: "tensors that other layers give, as the layer takes them",
  });
}

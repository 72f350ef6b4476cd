import type { DType } from "../../core/dtype.js";
import { FormatError, OptionError } from "../../core/errors.js";
import { isConfig } from "../../core/parts.js";
import type { Json, StateValue } from "../../core/stateful.js";
import { Tensor } from "../../core/tensor.js";
import { isPlainObject, valueText } from "../../core/value-text.js";

/** Marks what JSON does not have; a user's object with this key is written as a list of entries. */
const MARK = "$";

/**
 * A user's data as JSON and tensors: numbers (NaN, infinities and -0 too), strings, booleans, null, undefined, bigints,
 * lists, plain objects, Map, Set, typed arrays and Tensors. Tensors are views of the user's own memory.
 * @param where how messages name the value, e.g. "game.getState()"
 * @throws {OptionError} that names the place of anything else
 */
export function encodePlain(value: unknown, where: string): StateValue {
  const tensors: Record<string, Tensor> = {};
  const open = new Set<object>();
  let count = 0;
  const keep = (tensor: Tensor): number => {
    tensors[String(count)] = tensor;
    return count++;
  };
  const inside = (object: object, at: string, encoded: () => Json): Json => {
    if (open.has(object)) throw notPlain(at, "an object that contains itself");
    open.add(object);
    const json = encoded();
    open.delete(object);
    return json;
  };
  const encode = (item: unknown, at: string): Json => {
    if (item === null || typeof item === "string" || typeof item === "boolean") return item;
    if (typeof item === "number") {
      return Number.isFinite(item) && !Object.is(item, -0) ? item : { [MARK]: "number", value: valueText(item) };
    }
    if (item === undefined) return { [MARK]: "undefined" };
    if (typeof item === "bigint") return { [MARK]: "bigint", value: String(item) };
    if (item instanceof Tensor) return { [MARK]: "tensor", at: keep(item) };
    const view = viewAsTensor(item);
    if (view !== null) return { [MARK]: "array", at: keep(view.tensor), class: view.class };
    if (Array.isArray(item)) {
      return inside(item, at, () => Array.from(item as unknown[], (each, i) => encode(each, `${at}[${i}]`)));
    }
    const list = (all: Iterable<unknown>): Json => [...all].map((each, i) => encode(each, `${at}[${i}]`));
    if (item instanceof Map) return inside(item, at, () => ({ [MARK]: "Map", entries: list(item) }));
    if (item instanceof Set) return inside(item, at, () => ({ [MARK]: "Set", values: list(item) }));
    if (!isPlainObject(item)) throw notPlain(at, valueText(item));
    return inside(item, at, () => {
      const entries = Object.entries(item).map(([key, each]) => [key, encode(each, `${at}.${key}`)] as const);
      return Object.hasOwn(item, MARK)
        ? { [MARK]: "object", entries: entries.map((entry) => [...entry]) }
        : Object.fromEntries(entries);
    });
  };
  return { json: encode(value, where), tensors };
}

/** What {@link encodePlain} was given. @throws {FormatError} when it is not from there */
export function decodePlain({ json, tensors }: StateValue): unknown {
  const tensorAt = (index: Json | undefined): Tensor => tensors[String(index)] ?? malformed(`no tensor ${index}`);
  const listIn = (list: Json | undefined): readonly Json[] =>
    Array.isArray(list) ? (list as readonly Json[]) : malformed("no list");
  const pairs = (list: Json | undefined): [Json, Json][] =>
    listIn(list).map((pair) =>
      Array.isArray(pair) && pair.length === 2 ? (pair as [Json, Json]) : malformed("no pair"),
    );
  const decode = (item: Json): unknown => {
    if (Array.isArray(item)) return (item as readonly Json[]).map(decode);
    if (!isConfig(item)) return item;
    switch (item[MARK]) {
      case undefined:
        return Object.fromEntries(Object.entries(item).map(([key, each]) => [key, decode(each)]));
      case "number":
        return Number(item["value"]);
      case "undefined":
        return undefined;
      case "bigint":
        return /^-?\d+$/.test(String(item["value"])) ? BigInt(item["value"] as string) : malformed("no bigint");
      case "tensor":
        return tensorAt(item["at"]).clone();
      case "array":
        return typedArray(tensorAt(item["at"]), item["class"]);
      case "Map":
        return new Map(pairs(item["entries"]).map(([key, each]) => [decode(key), decode(each)]));
      case "Set":
        return new Set(listIn(item["values"]).map(decode));
      case "object":
        return Object.fromEntries(pairs(item["entries"]).map(([key, each]) => [key, decode(each)]));
      default:
        return malformed(JSON.stringify(item[MARK]));
    }
  };
  return decode(json);
}

/** The dtype that keeps the elements of each typed array as they are. */
const DTYPES: Readonly<Record<string, DType>> = {
  Int8Array: "int8",
  Uint8Array: "uint8",
  Uint8ClampedArray: "uint8",
  Int16Array: "int16",
  Uint16Array: "uint16",
  Int32Array: "int32",
  Uint32Array: "uint32",
  BigInt64Array: "int64",
  BigUint64Array: "uint64",
  Float32Array: "float32",
  Float64Array: "float64",
};

function viewAsTensor(value: unknown): { readonly tensor: Tensor; readonly class: string } | null {
  if (!ArrayBuffer.isView(value)) return null;
  const name = (value as unknown as { readonly [Symbol.toStringTag]: string })[Symbol.toStringTag];
  const dtype = DTYPES[name];
  if (dtype === undefined) return null;
  const view = name === "Uint8ClampedArray" ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength) : value;
  return { tensor: new Tensor(view as Uint8Array, undefined, dtype), class: name };
}

function typedArray(tensor: Tensor, name: Json | undefined): unknown {
  const copy = (tensor.data as Float32Array).slice();
  return name === "Uint8ClampedArray" ? new Uint8ClampedArray(copy) : copy;
}

function notPlain(at: string, received: string): OptionError {
  return new OptionError({
    code: "run-part-data",
    what: `${at} is no plain data, so it cannot be saved`,
    received,
    expected: "numbers, strings, booleans, null, lists, plain objects, Map, Set, typed arrays or Tensors",
    fix: "Give its numbers instead, and make the object of them again in setState",
    data: { place: at },
  });
}

function malformed(received: string): never {
  throw new FormatError({ code: "run-part-data", what: "The state of a part of this run cannot be read", received });
}

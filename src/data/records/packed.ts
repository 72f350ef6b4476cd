import { OptionError } from "../../core/errors.js";
import { Tensor, type TensorLike } from "../../core/tensor.js";
import { isPlainObject } from "../../core/value-text.js";

/** What stands for a Tensor, which is of a class, where only plain values can go: into files, to other threads. */
const TENSOR = "tensor of pawl";

/** Objects of JavaScript itself, which are copied as they are. */
const AS_THEY_ARE = new Set(["ArrayBuffer", "SharedArrayBuffer", "Date", "Map", "RegExp", "Set"]);

/**
 * A value with plain objects in the place of Tensors, at any depth.
 * @param array what becomes of a typed array
 * @throws {OptionError} for an object of any other class: it would come back as a plain one
 */
export function packed(value: unknown, array: (view: ArrayBufferView) => unknown, field = "record"): unknown {
  if (typeof value === "function" || typeof value === "symbol") throw notPlain(value, field);
  if (typeof value !== "object" || value === null) return value;
  if (ArrayBuffer.isView(value)) return array(value);
  if (Array.isArray(value)) {
    return typeof value[0] === "number" ? value : value.map((item, i) => packed(item, array, `${field}[${i}]`));
  }
  if (isTensor(value)) return { [TENSOR]: [value.dtype, value.shape, packed(value.data, array, field)] };
  if (!isPlainObject(value)) {
    if (AS_THEY_ARE.has(value.constructor?.name)) return value;
    throw notPlain(value, field);
  }
  const out: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) out[key] = packed(item, array, `${field}.${key}`);
  return out;
}

/** What was packed. @param array what becomes of a plain object that stands for an array, if it is one */
export function unpacked(
  value: unknown,
  array: (value: Readonly<Record<string, unknown>>) => unknown = () => null,
): unknown {
  if (Array.isArray(value)) return typeof value[0] === "number" ? value : value.map((item) => unpacked(item, array));
  if (!isPlainObject(value)) return value;
  const tensor = value[TENSOR] as readonly [string, readonly number[], unknown] | undefined;
  if (tensor !== undefined) {
    const [dtype, shape, data] = tensor;
    return new Tensor(unpacked(data, array) as TensorLike["data"], shape, dtype as never);
  }
  const known = array(value);
  if (known !== null) return known;
  const out: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) out[key] = unpacked(item, array);
  return out;
}

/** Of whichever copy of the class: a module in a worker has its own. */
function isTensor(value: object): value is Tensor {
  return value instanceof Tensor || ("dtype" in value && "shape" in value && "data" in value && !isPlainObject(value));
}

function notPlain(value: object | symbol | ((...args: never) => unknown), field: string): OptionError {
  const kind = typeof value === "object" ? `an object of class ${value.constructor?.name ?? "?"}` : `a ${typeof value}`;
  return new OptionError({
    code: "not-plain",
    what: `${field} is ${kind}, which cannot leave this thread`,
    received: kind,
    expected: "numbers, strings, arrays, typed arrays, Tensors and plain objects",
    fix: "Put what you need of it into the record as these",
    data: { field },
  });
}

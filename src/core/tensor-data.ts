import { allocate, type DType, isDType, type TensorData } from "./dtype.js";
import { OptionError, ShapeError } from "./errors.js";
import { halfOf } from "./half.js";
import type { StaticShape } from "./shape.js";
import { nearest } from "./spelling.js";
import { valueText } from "./value-text.js";

/** Elements as given by a user. */
type Elements = ArrayLike<number> | ArrayLike<bigint> | readonly string[];

const DTYPES: readonly DType[] = [
  ...(["float32", "int32", "bool", "int64", "uint8", "int8", "int16", "uint16", "uint32", "uint64"] as const),
  ...(["float16", "bfloat16", "float64", "string"] as const),
];

/** The dtype of a tensor made from `data`: the requested one, else that of the array. */
export function dtypeOf(data: Elements, wanted: DType | undefined): DType {
  if (!isElements(data)) throw notData(data, "Tensor");
  if (wanted !== undefined) return checkDType(wanted);
  if (data instanceof Int8Array) return "int8";
  if (data instanceof Uint8Array || data instanceof Uint8ClampedArray) return "uint8";
  if (data instanceof Int16Array) return "int16";
  if (data instanceof Uint16Array) return "uint16";
  if (data instanceof Int32Array) return "int32";
  if (data instanceof Uint32Array) return "uint32";
  if (data instanceof BigInt64Array) return "int64";
  if (data instanceof BigUint64Array) return "uint64";
  return Array.isArray(data) && typeof data[0] === "string" ? "string" : "float32";
}

/**
 * @param what for the message: what has no such dtype
 * @throws {OptionError} with the nearest name
 */
export function checkDType(dtype: unknown, what = "A tensor has no such dtype"): DType {
  if (isDType(dtype)) return dtype;
  const guess = typeof dtype === "string" ? nearest(dtype, DTYPES) : undefined;
  throw new OptionError({
    code: "dtype",
    what,
    received: valueText(dtype),
    expected: `one of ${DTYPES.join(", ")}`,
    fix: guess === undefined ? "Use float32 for numbers, int32 for labels and ids" : `Did you mean "${guess}"?`,
  });
}

/** No typed array is larger. */
const MOST_ELEMENTS = 2 ** 33;

/** A copy of the shape. @throws {ShapeError} unless it is a list of whole numbers */
export function checkShape(shape: StaticShape): number[] {
  if (!Array.isArray(shape)) throw notAShape(shape);
  let size = 1;
  // By index, since holes in sparse arrays are not sizes either.
  for (let axis = 0; axis < shape.length; axis++) {
    const dim: unknown = shape[axis];
    if (typeof dim !== "number" || !Number.isInteger(dim) || dim < 0) throw notAShape(shape);
    size *= dim;
  }
  if (size > MOST_ELEMENTS) throw notAShape(shape);
  return [...shape];
}

function notAShape(shape: unknown): ShapeError {
  return new ShapeError({
    code: "tensor-shape",
    what: "This is not the shape of a tensor",
    received: valueText(shape),
    expected: "a list of whole numbers from 0 on, one an axis, e.g. [32, 10]",
    fix: "Give the size of every axis; [] is a single number",
  });
}

function isElements(data: unknown): data is Elements {
  if (Array.isArray(data)) return true;
  if (ArrayBuffer.isView(data)) return !(data instanceof DataView);
  return typeof data === "object" && data !== null && Number.isInteger((data as { length?: unknown }).length);
}

/**
 * The elements as the array type of a dtype; the same array if it already has that type.
 * @param from the dtype of the elements, where 16 bits may stand for a number
 * @throws {OptionError} for elements that are not numbers, or that the dtype cannot hold
 */
export function convert(data: Elements, dtype: DType, from?: DType): TensorData {
  if (from === dtype || (from === undefined && isArrayOf(data, dtype))) return data as TensorData;
  const wrong = ArrayBuffer.isView(data) ? -1 : firstWrong(data, dtype === "string" ? isText : isNumber);
  if (wrong >= 0) throw badElement((data as ArrayLike<unknown>)[wrong], dtype);
  if (dtype === "string") {
    if (ArrayBuffer.isView(data) && data.length > 0) throw badElement(data[0], dtype);
    return Array.isArray(data) ? (data as string[]) : Array.from(data as ArrayLike<unknown> as ArrayLike<string>);
  }
  const decode = from === undefined ? undefined : halfOf(from)?.decode;
  const encode = halfOf(dtype)?.encode;
  const out = allocate(dtype, data.length) as Float32Array;
  const big = dtype === "int64" || dtype === "uint64";
  for (let i = 0; i < data.length; i++) {
    const element: unknown = decode === undefined ? data[i] : decode(data[i] as number);
    if (big) (out as unknown as BigInt64Array)[i] = bigintOf(element, dtype);
    else if (dtype === "bool") out[i] = Number(element) ? 1 : 0;
    else out[i] = encode === undefined ? Number(element) : encode(Number(element));
  }
  return out;
}

/** Whether the array has exactly the dtype's type; a subclass such as Buffer does not. */
function isArrayOf(data: Elements, dtype: DType): boolean {
  return ArrayBuffer.isView(data) && Object.getPrototypeOf(data) === Object.getPrototypeOf(allocate(dtype, 0));
}

const isText = (item: unknown): boolean => typeof item === "string";
const isNumber = (item: unknown): boolean =>
  typeof item === "number" || typeof item === "bigint" || typeof item === "boolean";

function firstWrong(data: ArrayLike<unknown>, isRight: (item: unknown) => boolean): number {
  for (let i = 0; i < data.length; i++) if (!isRight(data[i])) return i;
  return -1;
}

function bigintOf(value: unknown, dtype: DType): bigint {
  if (typeof value === "bigint") return value;
  const whole = Math.trunc(Number(value));
  if (!Number.isFinite(whole)) throw badElement(value, dtype);
  return BigInt(whole);
}

function badElement(item: unknown, dtype: DType): OptionError {
  return new OptionError({
    code: "tensor-element",
    what: `A tensor of ${dtype} cannot hold this element`,
    received: valueText(item),
    expected: dtype === "string" ? "strings" : dtype.includes("int64") ? "finite numbers or bigints" : "numbers",
    fix: Array.isArray(item) ? "Give nested arrays to Tensor.from" : "Convert or replace it first",
  });
}

/** The OptionError for a value that is not data. */
export function notData(value: unknown, where: string): OptionError {
  const isPromise = typeof (value as { then?: unknown } | null | undefined)?.then === "function";
  return new OptionError({
    code: "not-a-tensor",
    what: `${where}: this is not data`,
    received: valueText(value),
    expected: "nested arrays of numbers, a typed array, or an object { data, shape, dtype }",
    fix: isPromise ? "Await the Promise first" : "Tensor.from([[1, 2], [3, 4]]) makes a tensor of numbers",
  });
}

import { type NestedData, type Tensor, type TensorLike, tensorFrom } from "../core/tensor.js";

/** One array: nested numbers, a typed array, or anything with data and shape. */
export type ArrayInput = NestedData | TensorLike | ArrayBufferView;
/** One array, or a list of arrays (for several inputs or outputs). */
export type ArraysInput = ArrayInput | readonly (TensorLike | ArrayBufferView)[];

/** Arrays by the names of a model's inputs or outputs. */
export interface NamedArrays {
  readonly [name: string]: ArrayInput;
}

/** The names of arrays given by name; undefined for one array or a list. */
export function namesOf(value: ArraysInput | NamedArrays): readonly string[] | undefined {
  return isNamed(value) ? Object.keys(value) : undefined;
}

function isNamed(value: ArraysInput | NamedArrays): value is NamedArrays {
  if (typeof value !== "object" || value === null || isArrayObject(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

const isArrayObject = (value: unknown): boolean =>
  ArrayBuffer.isView(value) || (typeof value === "object" && value !== null && "data" in value && "shape" in value);

/**
 * The tensors of the arrays that a user gave as `what` ("x", "y", "sampleWeight"). A list whose items are typed arrays
 * or tensors holds one array per item; nested numbers are one array. An object by name gives its values in order.
 * @throws {OptionError} when it is not data
 */
export function toTensors(value: ArraysInput | NamedArrays, what: string): Tensor[] {
  if (isNamed(value) && Object.keys(value).length > 0) {
    return Object.entries(value).flatMap(([name, item]) => toTensors(item, `${what} "${name}"`));
  }
  if (Array.isArray(value) && value.length > 0 && value.every(isArrayObject)) {
    return (value as readonly TensorLike[]).map((item) => tensorFrom(item, what));
  }
  return [tensorFrom(value, what)];
}

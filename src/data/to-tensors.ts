import { type NestedData, type Tensor, type TensorLike, tensorFrom } from "../core/tensor.js";

/** One array: nested numbers, a typed array, or anything with data and shape. */
export type ArrayInput = NestedData | TensorLike | ArrayBufferView;
/** One array, or a list of arrays (for several inputs or outputs). */
export type ArraysInput = ArrayInput | readonly (TensorLike | ArrayBufferView)[];

const isArrayObject = (value: unknown): boolean =>
  ArrayBuffer.isView(value) || (typeof value === "object" && value !== null && "data" in value && "shape" in value);

/**
 * A list of tensors of what a user gave for `what` ("x", "y", "sampleWeight"). A list is one array a place when its
 * items are typed arrays or tensors; nested numbers are one array.
 * @throws {OptionError} when it is no data
 */
export function toTensors(value: ArraysInput, what: string): Tensor[] {
  if (Array.isArray(value) && value.length > 0 && value.every(isArrayObject)) {
    return (value as readonly TensorLike[]).map((item) => tensorFrom(item, what));
  }
  return [tensorFrom(value, what)];
}

import { OptionError } from "../core/errors.js";
import { type NestedNumbers, Tensor, type TensorLike } from "../core/tensor.js";

/** One array: nested numbers, a typed array, or anything with data and shape. */
export type ArrayInput = NestedNumbers | TensorLike | ArrayBufferView;
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
    return (value as readonly TensorLike[]).map((item) => Tensor.from(item));
  }
  if (isArrayObject(value) || Array.isArray(value)) return [Tensor.from(value as ArrayInput)];
  throw new OptionError({
    code: "not-data",
    what: `${what} is not data`,
    received: value === null ? "null" : typeof value === "object" ? "an object" : typeof value,
    expected: "nested arrays of numbers, a typed array, a Tensor, or a list of Tensors",
    fix: "Several inputs go as one list, in the order of the model's inputs",
    data: { argument: what },
  });
}

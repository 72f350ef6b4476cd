import { type NestedData, Tensor, type TensorLike, tensorFrom } from "../../core/tensor.js";

/** An array of a user's, of numbers or texts. */
export type HostArray = NestedData | TensorLike | ArrayBufferView;

/**
 * The tensor of an array whose numbers are looked at one by one: nested arrays keep whole numbers that float32 cannot
 * hold.
 * @throws {OptionError} for something that is no data, {ShapeError} for rows of different lengths
 */
export function exactTensor(value: unknown, where: string): Tensor {
  if (typeof value === "string") return new Tensor([value], [], "string");
  const tensor = tensorFrom(value, where);
  const isNested = !(value instanceof Tensor) && tensor.dtype === "float32" && !isArrayObject(value);
  return isNested ? tensorFrom(value, where, "float64") : tensor;
}

const isArrayObject = (value: unknown): boolean =>
  ArrayBuffer.isView(value) || (typeof value === "object" && value !== null && "data" in value);

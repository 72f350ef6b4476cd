import { halfOf } from "./half.js";
import type { Tensor } from "./tensor.js";

/** The tensor with numbers in it: bfloat16 and float16, which are kept as their bits, become float32. */
export function withNumbers(tensor: Tensor): Tensor {
  return halfOf(tensor.dtype) === undefined ? tensor : tensor.cast("float32");
}

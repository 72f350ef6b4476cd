import { halfOf } from "./half.js";
import type { Tensor } from "./tensor.js";

/** The tensor with float32 elements where its dtype is stored as bits (bfloat16 and float16). */
export function withNumbers(tensor: Tensor): Tensor {
  return halfOf(tensor.dtype) === undefined ? tensor : tensor.cast("float32");
}

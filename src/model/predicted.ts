import type { Tensor } from "../core/tensor.js";
import type { Value } from "../graph/index.js";
import { flattenTensors, isKerasTensor, type KerasTensor, type Tensors, type TensorsOf } from "../layers/index.js";

/**
 * What a prediction gives: a tensor for one output (as in Keras, also for a list of one), else lists and records of tensors
 * as the outputs are grouped. The type says float32, as outputs of nearly all models are; `tensor.dtype` says what it is.
 */
export type Predicted<O> = 0 extends 1 & O
  ? O
  : O extends Value | KerasTensor | readonly [unknown]
    ? Tensor<"float32">
    : TensorsOf<O, Tensor<"float32">>;

/** Whether the only argument of `super` is no tensors, so that it must be options. */
export const isOptionsOnly = (given: unknown): boolean => {
  const isGroup = typeof given === "object" && given !== null;
  return !(isGroup && flattenTensors(given as Tensors).some(isKerasTensor));
};

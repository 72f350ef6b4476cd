import type { Tensor } from "../core/tensor.js";
import type { Value } from "../graph/index.js";
import { KerasTensor } from "../layers/index.js";

/**
 * What a prediction gives: a tensor for one output (as in Keras, also for a list of one), a list for several; a record
 * where the call of a class gives one. The type says float32, as outputs of nearly all models are; `tensor.dtype` says
 * what it is.
 */
export type Predicted<O> = 0 extends 1 & O
  ? O
  : O extends Value | KerasTensor | readonly [unknown]
    ? Tensor<"float32">
    : O extends readonly unknown[]
      ? { -readonly [K in keyof O]: Tensor<"float32"> }
      : O extends { readonly [name: string]: KerasTensor }
        ? Tensor<"float32">[]
        : { -readonly [K in keyof O]: Tensor<"float32"> };

/** Whether the only argument of `super` is no tensors, so that it must be options. */
export const isOptionsOnly = (given: unknown): boolean => {
  if (given instanceof KerasTensor) return false;
  const parts: unknown[] = typeof given === "object" && given !== null ? Object.values(given) : [];
  return !parts.some((part) => part instanceof KerasTensor);
};

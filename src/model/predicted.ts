import type { Tensor } from "../core/tensor.js";
import { isPlainObject } from "../core/value-text.js";
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

/** Whether it is the options of a model, and no inputs by name. */
export const isOptionsOnly = (given: unknown): boolean =>
  isPlainObject(given) && !Object.values(given).some((value) => value instanceof KerasTensor);

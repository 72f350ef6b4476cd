import { type NestedData, Tensor, type TensorLike, tensorFrom } from "../../core/tensor.js";
import type { GraphDType, Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import { isValue } from "../../ops/operand.js";
import { isKerasTensor, type KerasTensor } from "../base/keras-tensor.js";

/** A tensor of a network, a value of a graph, or data. */
export type Asked = KerasTensor | Value | TensorLike | NestedData;

/** The dimensions of x; null stands for one that only data tell. In a graph the batch is -1. */
function shape(x: Asked): readonly (number | null)[] {
  if (isKerasTensor(x)) return x.shape;
  return isValue(x) ? ops.shape(x) : tensorFrom(x as NestedData, "ops.shape").shape;
}

/** What is known of a tensor before anything is computed. */
export const asking: {
  readonly dtype: (x: Asked) => GraphDType | string;
  readonly isTensor: (x: unknown) => boolean;
  readonly ndim: (x: Asked) => number;
  readonly shape: (x: Asked) => readonly (number | null)[];
  readonly size: (x: Asked) => number | null;
} = {
  shape,
  /** How many axes x has. */
  ndim: (x) => shape(x).length,
  /** How many elements x has; null where only data tell. */
  size: (x) => shape(x).reduce<number | null>((n, dim) => (n === null || dim === null ? null : n * dim), 1),
  /** The dtype of x. */
  dtype: (x) =>
    isKerasTensor(x) || isValue(x) || x instanceof Tensor ? x.dtype : tensorFrom(x as NestedData, "ops.dtype").dtype,
  /** Whether x is a tensor: of a network, of a graph, or data. */
  isTensor: (x) => isKerasTensor(x) || ops.isTensor(x),
};

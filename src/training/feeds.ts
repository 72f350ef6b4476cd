import type { Tensor } from "../core/tensor.js";
import type { InputValue } from "../graph/value.js";
import { type Batch, feedOf } from "./batch.js";
import type { Leaves } from "./forward.js";

/** The arrays of a batch at the places where a program wants them. */
export function feedsOf(leaves: Leaves, batch: Batch): Map<InputValue, ArrayLike<number> | number> {
  const feeds = new Map<InputValue, ArrayLike<number> | number>([[leaves.rows, batch.rows]]);
  const add = (values: readonly (InputValue | null)[], tensors: readonly (Tensor | null)[]): void => {
    values.forEach((value, i) => {
      if (value !== null) feeds.set(value, feedOf(tensors[i]!, value.dtype));
    });
  };
  add(leaves.inputs, batch.inputs);
  add(leaves.targets, batch.targets);
  add(leaves.weights, batch.weights);
  return feeds;
}

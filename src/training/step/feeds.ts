import type { Tensor } from "../../core/tensor.js";
import type { Run } from "../../engine/index.js";
import type { InputValue } from "../../graph/value.js";
import { feedOf, type ModelBatch } from "../state/batch.js";
import type { Leaves } from "./batch-values.js";

type Feeds = Map<InputValue, ArrayLike<number> | number>;

/** A run of a program on a batch, with the batch's arrays assigned to the program's leaves. */
export function runOf(
  leaves: Leaves,
  batch: ModelBatch,
  rest: Omit<Run, "rows" | "feeds">,
): Run & { readonly feeds: Feeds } {
  const feeds: Feeds = new Map([[leaves.rows, batch.rows]]);
  const add = (values: readonly (InputValue | null)[], tensors: readonly (Tensor | null)[]): void => {
    values.forEach((value, i) => {
      if (value !== null) feeds.set(value, feedOf(tensors[i]!, value.dtype));
    });
  };
  add(leaves.inputs, batch.inputs);
  add(leaves.targets, batch.targets);
  add(leaves.weights, batch.weights);
  return { ...rest, rows: batch.rows, feeds };
}

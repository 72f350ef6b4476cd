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
  { seed, iteration, meanwhile, place, commit }: Omit<Run, "rows" | "feeds">,
): Run & { readonly feeds: Feeds } {
  const feeds: Feeds = new Map([[leaves.rows, batch.rows]]);
  add(feeds, leaves.inputs, batch.inputs);
  add(feeds, leaves.targets, batch.targets);
  add(feeds, leaves.weights, batch.weights);
  // Field by field: this is done in each step, and a spread takes longer than all the rest.
  return { seed, iteration, meanwhile, place, commit, rows: batch.rows, feeds };
}

function add(feeds: Feeds, values: readonly (InputValue | null)[], tensors: readonly (Tensor | null)[]): void {
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value !== null) feeds.set(value, feedOf(tensors[i]!, value.dtype));
  }
}

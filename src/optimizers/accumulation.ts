import type { Value } from "../graph/value.js";
import * as ops from "../ops/index.js";

/** Gradient accumulation at one step. */
export interface Accumulation {
  /** bool scalar: whether this step updates the weights. */
  readonly isUpdate: Value;
  /** Updates made before this step, int32. */
  readonly updates: Value;
  /** Means over the steps since the last update; only meaningful in a step that updates. */
  readonly means: readonly Value[];
  /** The accumulators after this step: zeros after an update. */
  readonly sums: readonly Value[];
}

/** @param iteration steps made before this one, int32 */
export function accumulate(
  gradients: readonly Value[],
  accumulators: readonly Value[],
  steps: number,
  iteration: Value,
): Accumulation {
  const isUpdate = ops.equal(ops.mod(ops.add(iteration, 1), steps), 0);
  const sums = gradients.map((gradient, i) => ops.add(gradient, accumulators[i]!));
  return {
    isUpdate,
    updates: ops.floorDivide(iteration, steps),
    means: sums.map((sum) => ops.divide(sum, steps)),
    sums: sums.map((sum) => ops.where(isUpdate, 0, sum)),
  };
}

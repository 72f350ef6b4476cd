import { reducedDims } from "../graph/families.js";
import { build, type Value } from "../graph/index.js";
import { axesOf, type ReduceOptions, reduction } from "./axes.js";
import { batchRows } from "./batch-rows.js";
import { type Operand, toFloat } from "./operand.js";

/** Mean, as float32. Over the batch axis it is the mean of the whole batch, in any number of shards. */
export function mean(x: Operand, options?: ReduceOptions): Value {
  const { axes, keepDims } = reduction("mean", options);
  const value = toFloat(x);
  const over = axesOf("mean", value, axes);
  // Kept axes are restored at the end, so that means with and without them share one computation.
  const total = build.sum(value, over);
  const average = divided(total, value, over);
  return keepDims ? build.shaped(average, reducedDims("sum", value, over, true)) : average;
}

function divided(total: Value, value: Value, axes: readonly number[]): Value {
  let count = 1;
  let batch = false;
  for (const axis of axes) {
    count *= Math.abs(value.shape[axis]!);
    batch ||= value.shape[axis]! < 0;
  }
  if (!batch) return build.div(total, build.scalar(count));
  return build.div(build.allSum(total), build.mul(batchRows(), build.scalar(count)));
}

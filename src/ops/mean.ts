import { reducedDims } from "../graph/families.js";
import { batchAxisOf } from "../graph/fit.js";
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
  const dims = axes.map((axis) => value.shape[axis]!);
  const perRow = build.scalar(dims.reduce((size, dim) => size * Math.abs(dim), 1));
  const batches = dims.filter((dim) => dim < 0).length;
  if (batches === 0) return build.div(total, perRow);
  const rows = batchRows();
  let count: Value = perRow;
  for (let i = 0; i < batches; i++) count = build.mul(rows, count);
  // What is left may still have a batch axis of its own.
  return build.div(batchAxisOf(total.shape) >= 0 ? total : build.allSum(total), count);
}

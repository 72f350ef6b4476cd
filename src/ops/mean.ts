import { build, type Value } from "../graph/index.js";
import { axesOf, type ReduceOptions } from "./axes.js";
import { batchRows } from "./batch-rows.js";
import { type Operand, toFloat } from "./operand.js";

/** Mean, as float32. Over the batch axis it is that of the whole batch, whatever the shards. */
export function mean(x: Operand, { axes, keepDims = false }: ReduceOptions = {}): Value {
  const value = toFloat(x);
  const over = axesOf("mean", value, axes);
  const total = build.sum(value, over, keepDims);
  let count = 1;
  let batch = false;
  for (const axis of over) {
    count *= Math.abs(value.shape[axis]!);
    batch ||= value.shape[axis]! < 0;
  }
  if (!batch) return build.div(total, build.scalar(count));
  return build.div(build.allSum(total), build.mul(batchRows(), build.scalar(count)));
}

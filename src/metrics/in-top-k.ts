import type { Value } from "../graph/value.js";
import * as ops from "../ops/index.js";

/**
 * 1 where fewer than k predictions are larger than that of the label, else 0; a prediction of NaN ranks last.
 * @param labels int32 (...i)
 * @param predictions (...i, classes)
 */
export function inTopK(labels: Value, predictions: Value, k: number): Value {
  const own = ops.take(predictions, labels);
  const known = ops.where(ops.isNan(own), Number.NEGATIVE_INFINITY, own);
  const larger = ops.cast(ops.greater(predictions, ops.expandDims(known, -1)), "float32");
  return ops.cast(ops.less(ops.sum(larger, { axes: [-1] }), k), "float32");
}

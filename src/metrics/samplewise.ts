import { ShapeError } from "../core/errors.js";
import { formatShape } from "../core/shape.js";
import type { Value } from "../graph/value.js";
import { alignRanks, asFloat } from "../losses/align.js";
import * as ops from "../ops/index.js";
import type { MetricContext } from "./metric.js";

/** Weights with axes of one at their end, to broadcast against values of more dimensions. */
export function rowWeights(sampleWeight: Value, values: Value): Value {
  let weights = asFloat(sampleWeight);
  while (weights.shape.length < values.shape.length) weights = ops.expandDims(weights, -1);
  return weights;
}

/** Weights with the mask that came with the predictions: Keras's `apply_mask`. */
export function maskedWeights(sampleWeight: Value | null, { mask = null }: MetricContext): Value | null {
  if (mask === null) return sampleWeight;
  const counts = ops.cast(mask, "float32");
  if (sampleWeight === null) return counts;
  const [aligned, weights] = alignRanks(counts, asFloat(sampleWeight));
  return ops.multiply(rowWeights(weights, aligned), aligned);
}

/** One value for each row, with its weight. */
export interface Samplewise {
  readonly values: Value;
  readonly weights: Value | null;
}

/**
 * Reduces values to one for each row, weighted: Keras's `reduce_to_samplewise_values`.
 * @throws {ShapeError} when the weights have no row axis or do not fit
 */
export function samplewise(values: Value, sampleWeight: Value | null, how: "sum" | "mean"): Samplewise {
  const reduce = (value: Value, from: number): Value => {
    const axes = value.shape.map((_, axis) => axis).slice(from);
    if (axes.length === 0) return value;
    return how === "sum" ? ops.sum(value, { axes }) : ops.mean(value, { axes });
  };
  const floats = asFloat(values);
  if (sampleWeight === null) return { values: reduce(floats, 1), weights: null };
  const [fitted, weights] = alignRanks(floats, asFloat(sampleWeight));
  const rank = weights.shape.length;
  if (rank === 0 || rank > fitted.shape.length) {
    throw new ShapeError({
      code: "sample-weight-shape",
      what: "These sample weights do not fit the values of the metric",
      received: `weights of shape ${formatShape(weights.shape)} for values of shape ${formatShape(fitted.shape)}`,
      expected: "one weight a row, or one for each leading element of a row",
    });
  }
  const reduced = reduce(fitted, rank);
  const broadcast = ops.broadcastTo(weights, reduced.shape);
  return { values: reduce(ops.multiply(reduced, broadcast), 1), weights: reduce(broadcast, 1) };
}

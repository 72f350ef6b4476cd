import { OptionError, ShapeError } from "../core/errors.js";
import { formatShape } from "../core/shape.js";
import type { Value } from "../graph/value.js";
import {
  allSum,
  broadcastTo,
  cast,
  constant,
  divide,
  equal,
  expandDims,
  logicalAnd,
  multiply,
  sum,
  where,
} from "../ops/index.js";
import { alignRanks, asFloat } from "./align.js";
import type { Loss, Reduction } from "./loss.js";

/**
 * The loss of a batch as a scalar: this shard's part, so that the parts of all shards add up to Keras's number.
 * @param sampleWeight weights of samples (rows), or of every loss; null for none
 * @param rows rows of the whole batch, a float32 scalar
 * @param predictionMask which losses count (bool), as it came with the predictions; null: all
 */
export function lossValue(
  loss: Loss,
  yTrue: Value,
  yPred: Value,
  sampleWeight: Value | null,
  rows: Value,
  predictionMask: Value | null = null,
): Value {
  const values = loss.call(yTrue, yPred);
  const own = loss.mask(yTrue, yPred);
  const mask = own !== null && predictionMask !== null ? logicalAnd(own, predictionMask) : (own ?? predictionMask);
  const weight = mask === null ? sampleWeight : withMask(sampleWeight, mask, loss.reduction, rows);
  return reduceLoss(values, weight, loss.reduction, rows);
}

/**
 * Keras's `reduce_weighted_values`: weighted losses, added up, and divided
 * - for "sum_over_batch_size" and "mean" by their number (weights do not count),
 * - for "mean_with_sample_weight" by the sum of the weights,
 * - for "sum" not at all.
 *
 * Gives this shard's part of the batch's number.
 * @throws {OptionError} for "none", which leaves nothing to minimize
 */
export function reduceLoss(values: Value, sampleWeight: Value | null, reduction: Reduction, rows: Value): Value {
  if (reduction === "none") {
    throw new OptionError({
      code: "loss-reduction",
      what: 'A loss with reduction "none" gives no number to minimize',
      expected: '"sum_over_batch_size", "sum", "mean" or "mean_with_sample_weight"',
    });
  }
  const [losses, weight] = sampleWeight === null ? [values, null] : alignWeights(values, asFloat(sampleWeight));
  const weighted = weight === null ? losses : multiply(losses, weight);
  const total = sum(weighted);
  // A loss without a batch axis is the same in all shards; each counts by its number of rows.
  const part = hasBatch(weighted) ? total : multiply(total, divide(shardRows(), rows));
  // Keras leaves a loss that already is one number as it is.
  if (reduction === "sum" || weighted.shape.length === 0) return part;
  if (reduction === "mean_with_sample_weight" && weight !== null) return divideNoNan(part, allSum(sum(weight)));
  return divide(part, count(weighted, rows));
}

/** Number of elements in the whole batch. */
function count(values: Value, rows: Value): Value | number {
  const perRow = values.shape.reduce((size, dim) => size * Math.abs(dim), 1);
  const batches = values.shape.filter((dim) => dim < 0);
  return batches.length === 0
    ? perRow
    : (batches.reduce<Value | number>((size) => multiply(rows, size), perRow) as Value);
}

/** Rows of this shard. */
function shardRows(): Value {
  return sum(broadcastTo(constant(1), [-1]));
}

function hasBatch(value: Value): boolean {
  return value.shape.some((dim) => dim < 0);
}

/** Weights that broadcast against the losses; a weight a row covers everything in its row. */
function alignWeights(values: Value, weight: Value): [Value, Value] {
  let [losses, aligned] = alignRanks(values, weight);
  if (losses.shape.length === 0) return [losses, aligned];
  if (aligned.shape.length > losses.shape.length) {
    throw new ShapeError({
      code: "sample-weight-shape",
      what: "Sample weights have more dimensions than the losses they weigh",
      received: `weights ${formatShape(weight.shape)}`,
      expected: `at most ${formatShape(values.shape)}`,
      fix: "Give one weight a sample",
    });
  }
  while (aligned.shape.length < losses.shape.length) aligned = expandDims(aligned, -1);
  return [losses, aligned];
}

/** Keras's `apply_mask`: for means, entries that count get total / valid, so that the mean is over them alone. */
function withMask(sampleWeight: Value | null, mask: Value, reduction: Reduction, rows: Value): Value {
  let weight = cast(mask, "float32");
  if (reduction === "mean" || reduction === "sum_over_batch_size") {
    weight = multiply(weight, divideNoNan(count(mask, rows), allSum(sum(weight))));
  }
  if (sampleWeight === null) return weight;
  const [aligned, own] = alignWeights(weight, asFloat(sampleWeight));
  return multiply(own, aligned);
}

function divideNoNan(a: Value | number, b: Value): Value {
  const zero = equal(b, 0);
  return where(zero, 0, divide(a, where(zero, 1, b)));
}

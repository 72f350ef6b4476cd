import { ShapeError } from "../core/errors.js";
import { formatShape } from "../core/shape.js";
import { Tensor } from "../core/tensor.js";
import type { Value } from "../graph/value.js";
import { alignRanks, asFloat } from "../losses/align.js";
import * as ops from "../ops/index.js";
import { rowWeights } from "./samplewise.js";
import { keepTopK } from "./top-k-filter.js";
import { wholeSum } from "./whole.js";

/**
 * Weighted counts of a batch at each threshold: (thresholds), or (thresholds, labels) for multi-label. A prediction is
 * positive when it is above the threshold. Unused counts are not computed.
 */
export interface Confusion {
  readonly truePositives: Value;
  readonly falsePositives: Value;
  readonly trueNegatives: Value;
  readonly falseNegatives: Value;
}

export interface ConfusionOptions {
  readonly thresholds: readonly number[];
  /** Whether the thresholds divide [0, 1] evenly; see `isEven`. */
  readonly even: boolean;
  readonly topK?: number | null;
  readonly classId?: number | null;
  /** Count each label (last axis) separately. */
  readonly multiLabel?: boolean;
  /** Weights of the last axis, when labels are not counted separately. */
  readonly labelWeights?: readonly number[] | null;
}

/** Counts labels against predictions as Keras's `update_confusion_matrix_variables` does. */
export function confusion(
  yTrue: Value,
  yPred: Value,
  sampleWeight: Value | null,
  options: ConfusionOptions,
): Confusion {
  let [predictions, labels] = alignRanks(asFloat(yPred), asFloat(yTrue));
  const { topK = null, classId = null, labelWeights = null, multiLabel = false } = options;
  if (topK !== null) predictions = keepTopK(predictions, topK);
  if (classId !== null) {
    checkClass(predictions, classId);
    predictions = ops.slice(predictions, -1, classId, classId + 1);
    labels = ops.slice(labels, -1, classId, classId + 1);
  }
  const shape = predictions.shape;
  let weights = ops.broadcastTo(sampleWeight === null ? ops.constant(1) : rowWeights(sampleWeight, labels), shape);
  if (labelWeights !== null)
    weights = ops.multiply(weights, ops.constant(new Tensor(labelWeights, undefined, "float32")));
  const positive = ops.cast(ops.notEqual(labels, 0), "float32");
  const size = shape.reduce((a, b) => a * b, 1);
  const flat = (value: Value): Value => (multiLabel ? value : ops.reshape(value, [size, 1]));
  const rows: Rows = {
    predictions: flat(predictions),
    yes: flat(ops.multiply(positive, weights)),
    no: flat(ops.multiply(ops.subtract(1, positive), weights)),
  };
  const counts = options.even ? inBuckets(rows, options.thresholds) : oneByOne(rows, options.thresholds);
  return multiLabel ? counts : mapCounts(counts, (count) => ops.squeeze(count, -1));
}

/** Columns are counted separately: one, or one for each label. */
interface Rows {
  readonly predictions: Value;
  /** Weights of the rows whose label is true, else 0. */
  readonly yes: Value;
  readonly no: Value;
}

/** Buckets between evenly spaced thresholds, and their sums from the right. */
function inBuckets({ predictions, yes, no }: Rows, thresholds: readonly number[]): Confusion {
  const count = thresholds.length;
  const columns = predictions.shape.at(-1)!;
  const scaled = ops.multiply(ops.clip(predictions, 0, 1), count - 1);
  const exact = ops.subtract(ops.ceil(scaled), 1);
  // A first threshold below 0 counts a prediction of 0 as above it; otherwise that is above none.
  const inside = thresholds[0]! < 0 ? null : ops.cast(ops.greaterEqual(exact, 0), "float32");
  const bucket = ops.cast(ops.relu(exact), "int32");
  const ids = columns === 1 ? bucket : ops.add(ops.multiply(bucket, columns), ops.iota(columns));
  const size = ids.shape.reduce((a, b) => a * b, 1);
  const above = (weights: Value): Value => {
    const updates = ops.reshape(inside === null ? weights : ops.multiply(weights, inside), [size]);
    const sums = ops.allSum(ops.scatterAdd(ops.reshape(ids, [size]), updates, count * columns));
    return ops.cumsum(ops.reshape(sums, [count, columns]), 0, { reverse: true });
  };
  const truePositives = above(yes);
  const falsePositives = above(no);
  return {
    truePositives,
    falsePositives,
    trueNegatives: ops.subtract(wholeSum(no, [0]), falsePositives),
    falseNegatives: ops.subtract(wholeSum(yes, [0]), truePositives),
  };
}

/** Each threshold against each prediction. */
function oneByOne({ predictions, yes, no }: Rows, thresholds: readonly number[]): Confusion {
  const limits = ops.constant(new Tensor(thresholds, [thresholds.length], "float32"));
  const above = ops.cast(ops.greater(ops.expandDims(predictions, -1), limits), "float32");
  const below = ops.subtract(1, above);
  const count = (weights: Value, where: Value): Value =>
    ops.transpose(wholeSum(ops.multiply(ops.expandDims(weights, -1), where), [0]), [1, 0]);
  return {
    truePositives: count(yes, above),
    falsePositives: count(no, above),
    trueNegatives: count(no, below),
    falseNegatives: count(yes, below),
  };
}

function mapCounts(counts: Confusion, f: (count: Value) => Value): Confusion {
  return {
    truePositives: f(counts.truePositives),
    falsePositives: f(counts.falsePositives),
    trueNegatives: f(counts.trueNegatives),
    falseNegatives: f(counts.falseNegatives),
  };
}

function checkClass(predictions: Value, classId: number): void {
  if (predictions.shape.length >= 2 && classId < predictions.shape.at(-1)!) return;
  throw new ShapeError({
    code: "class-id",
    what: `There is no class ${classId} in these predictions`,
    received: `shape ${formatShape(predictions.shape)}`,
    expected: `at least ${classId + 1} classes along the last axis`,
  });
}

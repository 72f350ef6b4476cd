import { sayOnce } from "../core/notice.js";
import type { Value } from "../graph/value.js";
import { add, clip, divide, log, logSoftmax, multiply, neg, softplus, subtract, sum } from "../ops/index.js";
import { EPSILON } from "./align.js";

/** Probabilities kept off 0 and 1, as Keras does before taking logarithms. */
export function clipProbability(p: Value): Value {
  return clip(p, EPSILON, 1 - EPSILON);
}

/** Element-wise -(t log p + (1 - t) log(1 - p)). */
export function binaryCrossentropy(yTrue: Value, yPred: Value, fromLogits: boolean): Value {
  const logits = logitsOf(yPred, "sigmoid", null, fromLogits);
  // -t log sigmoid(x) - (1 - t) log sigmoid(-x), where -log sigmoid(x) = softplus(-x).
  if (logits !== null) {
    return add(multiply(yTrue, softplus(neg(logits))), multiply(subtract(1, yTrue), softplus(logits)));
  }
  const p = clipProbability(yPred);
  return neg(add(multiply(yTrue, log(p)), multiply(subtract(1, yTrue), log(subtract(1, p)))));
}

/** Log-probabilities along the axis: of logits, or of values that are scaled to add up to 1 first. */
export function logProbabilities(yPred: Value, fromLogits: boolean, axis: number): Value {
  const logits = logitsOf(yPred, "softmax", axis, fromLogits);
  return logits === null ? log(probabilities(yPred, axis)) : logSoftmax(logits, axis);
}

export function probabilities(yPred: Value, axis: number): Value {
  return clipProbability(
    madeBy(yPred, "softmax", axis) ? yPred : divide(yPred, sum(yPred, { axes: [axis], keepDims: true })),
  );
}

/**
 * The logits that predictions are or come from; null when they are probabilities of unknown origin. As in Keras on
 * TensorFlow, a softmax or sigmoid at the end of a model is looked through: where it has reached 0 or 1, its output tells
 * nothing of how wrong it is, and has no gradient.
 * @param axis of the softmax; null for a sigmoid
 */
export function logitsOf(
  yPred: Value,
  activation: "softmax" | "sigmoid",
  axis: number | null,
  fromLogits: boolean,
): Value | null {
  if (!madeBy(yPred, activation, axis)) return fromLogits ? yPred : null;
  if (fromLogits) {
    sayOnce(
      `logits-after-${activation}`,
      `A loss or metric has fromLogits: true, but the predictions come out of a ${activation} and are no logits. What goes into the ${activation} is taken instead.`,
    );
  }
  return yPred.inputs[0]!;
}

function madeBy(yPred: Value, activation: "softmax" | "sigmoid", axis: number | null): boolean {
  if (yPred.op !== activation) return false;
  if (axis === null) return true;
  return (yPred as Value<"softmax">).attrs.axis === (axis < 0 ? axis + yPred.shape.length : axis);
}

/** Targets of two classes moved towards 1/2. */
export function smoothBinary(yTrue: Value, smoothing: number): Value {
  return smoothing === 0 ? yTrue : add(multiply(yTrue, 1 - smoothing), 0.5 * smoothing);
}

/** One-hot targets moved towards the uniform distribution. */
export function smoothCategorical(yTrue: Value, smoothing: number): Value {
  return smoothing === 0 ? yTrue : add(multiply(yTrue, 1 - smoothing), smoothing / Math.abs(yTrue.shape.at(-1)!));
}

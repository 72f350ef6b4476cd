import type { Value } from "../graph/value.js";
import { add, clip, divide, log, logSoftmax, multiply, neg, softplus, subtract, sum } from "../ops/index.js";
import { EPSILON } from "./align.js";

/** Probabilities kept off 0 and 1, as Keras does before taking logarithms. */
export function clipProbability(p: Value): Value {
  return clip(p, EPSILON, 1 - EPSILON);
}

/** Element-wise -(t log p + (1 - t) log(1 - p)). */
export function binaryCrossentropy(yTrue: Value, yPred: Value, fromLogits: boolean): Value {
  // -t log sigmoid(x) - (1 - t) log sigmoid(-x), where -log sigmoid(x) = softplus(-x).
  if (fromLogits) {
    return add(multiply(yTrue, softplus(neg(yPred))), multiply(subtract(1, yTrue), softplus(yPred)));
  }
  const p = clipProbability(yPred);
  return neg(add(multiply(yTrue, log(p)), multiply(subtract(1, yTrue), log(subtract(1, p)))));
}

/** Log-probabilities along the axis: of logits, or of values that are scaled to add up to 1 first. */
export function logProbabilities(yPred: Value, fromLogits: boolean, axis: number): Value {
  return fromLogits ? logSoftmax(yPred, axis) : log(probabilities(yPred, axis));
}

export function probabilities(yPred: Value, axis: number): Value {
  return clipProbability(addsUpTo1(yPred, axis) ? yPred : divide(yPred, sum(yPred, { axes: [axis], keepDims: true })));
}

/** Whether the values are those of a softmax, so that dividing them by their sum changes nothing. */
export function addsUpTo1(yPred: Value, axis: number): boolean {
  const along = axis < 0 ? axis + yPred.shape.length : axis;
  return yPred.op === "softmax" && (yPred as Value<"softmax">).attrs.axis === along;
}

/** Targets of two classes moved towards 1/2. */
export function smoothBinary(yTrue: Value, smoothing: number): Value {
  return smoothing === 0 ? yTrue : add(multiply(yTrue, 1 - smoothing), 0.5 * smoothing);
}

/** One-hot targets moved towards the uniform distribution. */
export function smoothCategorical(yTrue: Value, smoothing: number): Value {
  return smoothing === 0 ? yTrue : add(multiply(yTrue, 1 - smoothing), smoothing / Math.abs(yTrue.shape.at(-1)!));
}

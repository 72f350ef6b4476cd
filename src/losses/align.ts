import { ShapeError } from "../core/errors.js";
import { formatShape } from "../core/shape.js";
import type { Value } from "../graph/value.js";
import { cast, expandDims, squeeze } from "../ops/index.js";

/** Keras's `backend.epsilon()`. */
export const EPSILON = 1e-7;

/** Reductions over the last axis. */
export const LAST: { readonly axes: readonly number[] } = { axes: [-1] };

export function asFloat(x: Value): Value {
  return x.dtype === "float32" ? x : cast(x, "float32");
}

/**
 * Keras's `squeeze_or_expand_to_same_rank`: where ranks differ by one and the longer shape ends in 1, that axis goes,
 * or, when the other is a vector, the vector gets one.
 */
export function alignRanks(a: Value, b: Value): [Value, Value] {
  const [rankA, rankB] = [a.shape.length, b.shape.length];
  if (rankA === rankB + 1 && a.shape.at(-1) === 1) {
    return rankB === 1 ? [a, expandDims(b, -1)] : [squeeze(a, -1), b];
  }
  if (rankB === rankA + 1 && b.shape.at(-1) === 1) {
    return rankA === 1 ? [expandDims(a, -1), b] : [a, squeeze(b, -1)];
  }
  return [a, b];
}

/** @throws {ShapeError} when targets and predictions do not have one shape */
export function expectSameShape(loss: string, yTrue: Value, yPred: Value, fix: string): void {
  if (yTrue.shape.length === yPred.shape.length && yTrue.shape.every((dim, i) => dim === yPred.shape[i])) return;
  throw new ShapeError({
    code: "loss-shapes",
    what: `${loss} needs targets of the predictions' shape`,
    received: `targets ${formatShape(yTrue.shape)}`,
    expected: formatShape(yPred.shape),
    fix,
  });
}

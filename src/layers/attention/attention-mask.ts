import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { Mask } from "../base/masks.js";

/** Scores of what must not be attended to, as in Keras. */
const MASKED = -1e9;

/** Steps of queries and keys, and what limits which keys a query sees. */
export interface Window {
  readonly queries: number;
  readonly keys: number;
  /** Only keys up to the query's own step. */
  readonly causal: boolean;
  /** Only keys less than so many steps away; null: all. */
  readonly sliding: number | null;
}

/** Which keys each query may see by their places alone: bool (queries, keys). null: all. */
function windowMask({ queries, keys, causal, sliding }: Window): Mask {
  if (!causal && sliding === null) return null;
  const [row, column] = [ops.expandDims(ops.iota(queries), 1), ops.iota(keys)];
  const before = causal ? ops.greaterEqual(row, column) : null;
  if (sliding === null) return before;
  return both(before, ops.less(ops.abs(ops.subtract(row, column)), sliding));
}

/** Both conditions; null holds everywhere. */
export function both(a: Mask, b: Mask): Mask {
  if (a === null || b === null) return a ?? b;
  return ops.logicalAnd(a, b);
}

/**
 * Softmax over the last `axes` axes of the scores, of those that window and mask let through.
 * @param mask bool, broadcasting to the scores; null lets all through
 * @param emptyIsZero whether a query that sees no key gets zeros; otherwise it gets the mean of all, as in Keras's
 * fused attention
 */
export function maskedSoftmax(
  scores: Value,
  axes: number,
  { window, mask, emptyIsZero }: { window: Window; mask: Mask; emptyIsZero: boolean },
): Value {
  const places = windowMask(window);
  const seen = both(mask, places);
  if (seen === null) return softmaxOver(scores, axes);
  // Where every query sees a key, an addition, which is quicker, gives the same numbers.
  if (mask === null && (window.sliding === null || window.queries <= window.keys)) {
    return softmaxOver(ops.add(scores, ops.where(seen, 0, MASKED)), axes);
  }
  const weights = softmaxOver(ops.where(seen, scores, MASKED), axes);
  return emptyIsZero ? ops.where(seen, weights, 0) : weights;
}

function softmaxOver(x: Value, axes: number): Value {
  if (axes === 1) return ops.softmax(x, -1);
  const last = Array.from({ length: axes }, (_, i) => -1 - i);
  return ops.exp(ops.subtract(x, ops.logSumExp(x, { axes: last, keepDims: true })));
}

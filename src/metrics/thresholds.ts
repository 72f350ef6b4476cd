import { charge } from "../core/budget.js";
import { type Field, float, wrongOption } from "../core/options.js";

/** What a threshold takes in all the lists that metrics make of them. */
const THRESHOLD_BYTES = 64;

/** A threshold, several, or the default. */
export type Thresholds = number | readonly number[] | null;

/**
 * A value below every prediction: it replaces predictions outside of the top k, and is the default threshold with
 * `topK`.
 */
export const NEVER = -1e10;

/** Thresholds in [0, 1], kept as they were given. */
export const thresholdsField: Field<Thresholds> = {
  default: null,
  parse(value, where) {
    const one = float({ min: 0, max: 1 });
    if (value === null) return null;
    if (!Array.isArray(value)) return one.parse(value, where);
    if (value.length === 0) throw wrongOption(where, "a number or a list of numbers from 0 to 1", value);
    return value.map((item) => one.parse(item, where));
  },
};

export function thresholdList(thresholds: Thresholds, fallback: number): readonly number[] {
  if (thresholds === null) return [fallback];
  return typeof thresholds === "number" ? [thresholds] : thresholds;
}

/**
 * Whether there are at least three and they divide [0, 1] evenly. Keras then sorts predictions into buckets, which
 * takes one pass instead of one for each threshold, and decides predictions that lie on a threshold in its own way.
 */
export function isEven(thresholds: readonly number[]): boolean {
  const last = thresholds.length - 1;
  if (last < 2) return false;
  return thresholds.every((threshold, i) => {
    const even = Math.fround(Math.fround(i) / last);
    return Math.abs(threshold - even) <= 1e-7 + 1e-5 * even;
  });
}

/** `count` thresholds from 0 to 1, ends included. */
export function evenThresholds(count: number): number[] {
  if (count === 1) return [0.5];
  charge("a metric of so many thresholds", THRESHOLD_BYTES * count);
  return Array.from({ length: count }, (_, i) => i / (count - 1));
}

import { OptionError } from "../core/errors.js";
import { valueText } from "../core/value-text.js";

/**
 * A batch as `fit` takes it from a generator: `[x]`, `[x, y]` or `[x, y, sampleWeight]`. Keras gives x alone where there is
 * nothing else; a batch here is always a list.
 */
export function packXYSampleWeight<X, Y, W>(x: X, y: Y, sampleWeight: W): [X, Y, W];
export function packXYSampleWeight<X, Y>(x: X, y: Y): [X, Y];
export function packXYSampleWeight<X>(x: X): [X];
export function packXYSampleWeight(x: unknown, y?: unknown, sampleWeight?: unknown): unknown[] {
  if (y === null || y === undefined) return [x];
  return sampleWeight === null || sampleWeight === undefined ? [x, y] : [x, y, sampleWeight];
}

/**
 * x, y and sampleWeight of a batch; null for what it lacks. As in Keras, what is no list is x alone.
 * @throws {OptionError} for a list of more than three
 */
export function unpackXYSampleWeight<X, Y, W>(batch: readonly [X, Y, W]): [X, Y, W];
export function unpackXYSampleWeight<X, Y>(batch: readonly [X, Y]): [X, Y, null];
export function unpackXYSampleWeight<X>(batch: readonly [X] | X): [X, null, null];
export function unpackXYSampleWeight(batch: unknown): unknown[] {
  if (!Array.isArray(batch)) return [batch, null, null];
  if (batch.length >= 1 && batch.length <= 3) return [batch[0], batch[1] ?? null, batch[2] ?? null];
  throw new OptionError({
    code: "not-a-batch",
    what: "unpackXYSampleWeight takes a batch",
    received: `${valueText(batch)}, of ${batch.length}`,
    expected: "[x], [x, y] or [x, y, sampleWeight]",
    fix: "Put several inputs into a list of their own: [[a, b], y]",
  });
}

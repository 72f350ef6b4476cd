import { ShapeError } from "../core/errors.js";
import { formatShape } from "../core/shape.js";
import type { Value } from "../graph/value.js";
import * as ops from "../ops/index.js";
import { NEVER } from "./thresholds.js";

/**
 * The k largest of each last axis (of equals, the first), and {@link NEVER} for the others.
 * @throws {ShapeError} when the axis has fewer than k
 */
export function keepTopK(x: Value, k: number): Value {
  const classes = x.shape.at(-1) ?? 1;
  if (k > classes) {
    throw new ShapeError({
      code: "top-k-classes",
      what: `The ${k} largest predictions of a row need at least ${k} predictions`,
      received: `shape ${formatShape(x.shape)}`,
    });
  }
  const least = ops.slice(ops.topK(x, k).values, -1, k - 1, k);
  const above = ops.greater(x, least);
  const level = ops.equal(x, least);
  const room = ops.subtract(k, ops.sum(ops.cast(above, "float32"), { axes: [-1], keepDims: true }));
  const place = ops.cumsum(ops.cast(level, "float32"), -1);
  const kept = ops.logicalOr(above, ops.logicalAnd(level, ops.lessEqual(place, room)));
  return ops.where(kept, x, NEVER);
}

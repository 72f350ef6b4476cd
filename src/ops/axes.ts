import { ShapeError } from "../core/errors.js";
import { formatShape } from "../core/shape.js";
import type { Dims, Value } from "../graph/index.js";

/** Which axes a reduction goes over (default: all; negative ones count from the end) and whether they stay as 1. */
export interface ReduceOptions {
  readonly axes?: number | readonly number[];
  readonly keepDims?: boolean;
}

/** An axis as 0 … rank - 1. */
export function axisOf(op: string, shape: Dims, axis: number, rank: number = shape.length): number {
  const positive = axis < 0 ? axis + rank : axis;
  if (Number.isInteger(positive) && positive >= 0 && positive < rank) return positive;
  throw new ShapeError({
    code: "axis",
    what: `${op} has no axis ${axis} to work on`,
    received: `shape ${formatShape(shape)}`,
    expected: rank === 0 ? "no axis" : `an axis from ${-rank} to ${rank - 1}`,
    data: { op, axis, shape },
  });
}

/** The axes of a reduction in ascending order. */
export function axesOf(op: string, x: Value, axes: ReduceOptions["axes"]): number[] {
  if (axes === undefined) return x.shape.map((_, axis) => axis);
  const list = typeof axes === "number" ? [axes] : axes;
  return [...new Set(list.map((axis) => axisOf(op, x.shape, axis)))].sort((a, b) => a - b);
}

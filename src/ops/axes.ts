import { ShapeError } from "../core/errors.js";
import { bool, type Fields, type Resolved, resolveOptions, wrongOption } from "../core/options.js";
import { formatShape } from "../core/shape.js";
import type { Dims, Value } from "../graph/index.js";

/** Options of reductions. */
export interface ReduceOptions {
  /** Axes to reduce; negative ones count from the end. Default null: all. */
  readonly axes?: number | readonly number[] | null;
  /** Whether to keep these axes, with size 1. Default false. */
  readonly keepDims?: boolean;
}

const isInteger = (value: unknown): boolean => typeof value === "number" && Number.isInteger(value);

/** The table of {@link ReduceOptions}. */
export const REDUCE: Fields<ReduceOptions> = {
  axes: {
    default: null,
    keras: "axis",
    parse(value, where) {
      if (value === null || isInteger(value)) return value as number | null;
      if (Array.isArray(value) && value.every(isInteger)) return value as number[];
      throw wrongOption(where, "an axis, a list of axes or null", value);
    },
  },
  keepDims: bool(false, { keras: "keepdims" }),
};

/** The options of a reduction, checked. @param op for messages */
export function reduction(op: string, options: ReduceOptions | undefined): Resolved<ReduceOptions> {
  return resolveOptions(op, REDUCE, options);
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
  if (axes == null) return x.shape.map((_, axis) => axis);
  const list = typeof axes === "number" ? [axes] : axes;
  return [...new Set(list.map((axis) => axisOf(op, x.shape, axis)))].sort((a, b) => a - b);
}

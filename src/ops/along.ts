import { ShapeError } from "../core/errors.js";
import { type Field, int, nullable, wrongOption } from "../core/options.js";
import { formatShape } from "../core/shape.js";
import { product } from "../graph/fit.js";
import { build, type Value } from "../graph/index.js";
import { axisOf } from "./axes.js";

/** An axis, by default the last one. */
export const AXIS: Field<number> = int({}, { default: -1 });
/** An axis, or null (the default) for all elements as one row. */
export const ANY_AXIS: Field<number | null> = nullable(int());
/** Whether an axis that is reduced stays, with size 1. */
export const KEEP: { readonly keras: "keepdims" } = { keras: "keepdims" };

/** Several whole numbers. */
export const WHOLE_NUMBERS: Field<readonly number[]> = {
  parse(value, where) {
    if (Array.isArray(value) && value.every(Number.isInteger)) return value as number[];
    throw wrongOption(where, "a list of whole numbers", value);
  },
};

/** All elements as one row. */
export function flatOf(x: Value): Value {
  return build.shaped(x, [product(x.shape)]);
}

/** What an op works on along an axis, and the axis from 0 on: all elements as one row where none is given. */
export function along(op: string, x: Value, axis: number | null): readonly [x: Value, axis: number] {
  return axis === null ? [flatOf(x), 0] : [x, axisOf(op, x.shape, axis)];
}

/** The size of an axis that must be known while the graph is made. @throws {ShapeError} for the batch */
export function sizeAlong(op: string, x: Value, axis: number): number {
  const size = x.shape[axis]!;
  if (size >= 0) return size;
  throw new ShapeError({
    code: "batch-axis",
    what: `${op} cannot work along the batch: how many rows it has is only known with data`,
    received: `shape ${formatShape(x.shape)}, axis ${axis}`,
    expected: "an axis whose size is known",
    fix: "Name another axis, or compute on data (a Tensor) instead of a batch",
    data: { op, axis, shape: x.shape },
  });
}

/** The axis moved to another place. */
export function withAxisAt(x: Value, from: number, to: number): Value {
  const order = x.shape.flatMap((_, axis) => (axis === from ? [] : [axis]));
  order.splice(to, 0, from);
  return order.every((axis, i) => axis === i) ? x : build.transpose(x, order);
}

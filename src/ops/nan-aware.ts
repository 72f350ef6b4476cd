import { build, type Value } from "../graph/index.js";
import { argmax } from "./argmax.js";
import { argmin } from "./argmin.js";
import { axesOf, type ReduceOptions, reduction } from "./axes.js";
import { cumprod, cumsumOf } from "./cumulative.js";
import { max } from "./max.js";
import { min } from "./min.js";
import { type Operand, toFloat, toNumber } from "./operand.js";
import { prod } from "./prod.js";
import { sum } from "./sum.js";

/** x with a number in the place of NaN. */
function withoutNan(x: Operand, fill: number): Value {
  const value = toNumber(x);
  return value.dtype === "int32" ? value : build.where(build.isNan(value), build.scalar(fill), value);
}

/** How many elements are numbers, along axes that stay. */
function counted(value: Value, over: readonly number[]): Value {
  return build.sum(build.cast(build.not(build.isNan(value)), "float32"), over, true);
}

const shapedAs = (op: string, x: Value, kept: Value, { axes, keepDims }: ReduceOptions): Value => {
  const over = axesOf(op, x, axes);
  return keepDims
    ? kept
    : build.reshape(
        kept,
        x.shape.filter((_, axis) => !over.includes(axis)),
      );
};

/** NaN where there is no number at all. */
function extreme(op: string, x: Operand, given: ReduceOptions | undefined, pick: typeof max, fill: number): Value {
  const options = reduction(op, given);
  const value = toNumber(x);
  if (value.dtype === "int32") return pick(value, options);
  const none = build.equal(counted(value, axesOf(op, value, options.axes)), build.scalar(0));
  const result = pick(withoutNan(value, fill), { ...options, keepDims: true });
  return shapedAs(op, value, build.where(none, build.scalar(Number.NaN), result), options);
}

/** Largest of the numbers, NaN left out. */
export function nanmax(x: Operand, options?: ReduceOptions): Value {
  return extreme("nanmax", x, options, max, Number.NEGATIVE_INFINITY);
}

/** Smallest of the numbers, NaN left out. */
export function nanmin(x: Operand, options?: ReduceOptions): Value {
  return extreme("nanmin", x, options, min, Number.POSITIVE_INFINITY);
}

/** Sum of the numbers, NaN left out. */
export function nansum(x: Operand, options?: ReduceOptions): Value {
  return sum(withoutNan(x, 0), reduction("nansum", options));
}

/** Product of the numbers, NaN left out. */
export function nanprod(x: Operand, options?: ReduceOptions): Value {
  return prod(withoutNan(x, 1), reduction("nanprod", options));
}

/** Mean of the numbers, NaN left out; NaN where there is none. */
export function nanmean(x: Operand, given?: ReduceOptions): Value {
  const options = reduction("nanmean", given);
  const value = toFloat(x);
  return shapedAs("nanmean", value, meanOf("nanmean", value, options), options);
}

function meanOf(op: string, value: Value, { axes }: ReduceOptions): Value {
  const over = axesOf(op, value, axes);
  return build.div(build.sum(withoutNan(value, 0), over, true), counted(value, over));
}

/** Variance of the numbers, NaN left out. */
export function nanvar(x: Operand, given?: ReduceOptions): Value {
  const options = reduction("nanvar", given);
  const value = toFloat(x);
  const over = axesOf("nanvar", value, options.axes);
  const rest = build.sub(withoutNan(value, 0), meanOf("nanvar", value, options));
  const squares = build.where(build.isNan(value), build.scalar(0), build.mul(rest, rest));
  return shapedAs("nanvar", value, build.div(build.sum(squares, over, true), counted(value, over)), options);
}

/** Standard deviation of the numbers, NaN left out. */
export function nanstd(x: Operand, options?: ReduceOptions): Value {
  return build.sqrt(nanvar(x, reduction("nanstd", options)));
}

/** Running sum in which NaN counts as 0. @param axis default null: all elements as one row */
export function nancumsum(x: Operand, axis: number | null = null): Value {
  return cumsumOf("nancumsum", withoutNan(x, 0), axis);
}

/** Running product in which NaN counts as 1. @param axis default null: all elements as one row */
export function nancumprod(x: Operand, axis: number | null = null): Value {
  return cumprod(withoutNan(x, 1), axis);
}

/** The place of an extreme number along an axis; -1 where there is no number, as in Keras. */
function placed(x: Operand, axis: number, place: typeof argmax, fill: number): Value {
  const value = toNumber(x);
  if (value.dtype === "int32") return place(value, axis);
  const at = axis < 0 ? axis + value.shape.length : axis;
  const found = place(withoutNan(value, fill), axis);
  const count = build.sum(build.cast(build.not(build.isNan(value)), "float32"), [at]);
  return build.where(build.equal(count, build.scalar(0)), build.scalar(-1, "int32"), found);
}

/** Index of the first largest number along an axis, NaN left out; -1 where there is none. */
export function nanargmax(x: Operand, axis: number): Value {
  return placed(x, axis, argmax, Number.NEGATIVE_INFINITY);
}

/** Index of the first smallest number along an axis, NaN left out; -1 where there is none. */
export function nanargmin(x: Operand, axis: number): Value {
  return placed(x, axis, argmin, Number.POSITIVE_INFINITY);
}

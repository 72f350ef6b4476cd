import { OptionError } from "../core/errors.js";
import { bool, type Fields, oneOf, resolveOptions } from "../core/options.js";
import { product } from "../graph/fit.js";
import { build, type Value } from "../graph/index.js";
import { KEEP, sizeAlong } from "./along.js";
import { axesOf, REDUCE, type ReduceOptions, reduction } from "./axes.js";
import { type Operand, toFloat } from "./operand.js";

/** Options of {@link quantile}. */
export interface QuantileOptions extends ReduceOptions {
  /** What counts between two elements. Default "linear". */
  readonly method?: "linear" | "lower" | "higher" | "midpoint" | "nearest";
}

/** The table of {@link QuantileOptions}, in Keras's order. */
export const QUANTILE: Fields<QuantileOptions> = {
  axes: REDUCE.axes,
  method: oneOf(["linear", "lower", "higher", "midpoint", "nearest"], { default: "linear" }),
  keepDims: bool(false, KEEP),
};

/** The axes to reduce as the first one, each line in ascending order, and the shape of a result. */
function sortedLines(op: string, x: Operand, { axes, keepDims }: ReduceOptions) {
  const value = toFloat(x);
  const over = axesOf(op, value, axes);
  const others = value.shape.flatMap((_, axis) => (over.includes(axis) ? [] : [axis]));
  const rest = others.map((axis) => value.shape[axis]!);
  for (const axis of over) sizeAlong(op, value, axis);
  const size = product(over.map((axis) => value.shape[axis]!));
  const lines = build.reshape(build.transpose(value, [...others, ...over]), [...rest, size]);
  const places = build.argsort(lines, rest.length, false, size);
  const shape = keepDims ? value.shape.map((dim, axis) => (over.includes(axis) ? 1 : dim)) : rest;
  return { lines: build.takeAlong(lines, places, rest.length), size, rest, shape };
}

/** The element of each line between two places. @param place as float32, (…rest), or a number that is known */
function between(lines: Value, place: Value | number, last: Value, method: QuantileOptions["method"]): Value {
  const axis = lines.shape.length - 1;
  const rest = lines.shape.slice(0, -1);
  const isKnown = typeof place === "number";
  const [lower, upper] = isKnown
    ? [Math.floor(place), Math.ceil(place)]
    : [build.floor(place), build.neg(build.floor(build.neg(place)))];
  const at = (where: Value | number): Value => {
    if (typeof where === "number") return build.reshape(build.slice(lines, axis, where, where + 1), rest);
    const within = build.maximum(build.minimum(where, last), build.scalar(0));
    const ids = build.broadcast(build.reshape(build.cast(within, "int32"), [...within.shape, 1]), [...rest, 1]);
    return build.reshape(build.takeAlong(lines, ids, axis), rest);
  };
  if (method === "lower") return at(lower);
  if (method === "higher") return at(upper);
  if (method === "nearest") return at(isKnown ? halfToEven(place) : build.round(place));
  const [low, high] = [at(lower), at(upper)];
  if (method === "midpoint") return build.mul(build.add(low, high), build.scalar(0.5));
  const share = isKnown
    ? build.scalar(place - Math.floor(place))
    : build.stopGradient(build.sub(place, lower as Value));
  return build.add(low, build.mul(build.sub(high, low), share));
}

const halfToEven = (x: number): number => {
  const below = Math.floor(x);
  if (x - below !== 0.5) return Math.round(x);
  return below % 2 === 0 ? below : below + 1;
};

function quantiles(
  op: string,
  x: Operand,
  q: Operand,
  scale: number,
  given: QuantileOptions | undefined,
  skipsNan: boolean,
): Value {
  const { method, ...options } = resolveOptions(op, QUANTILE, given);
  const { lines, size, rest, shape } = sortedLines(op, x, options);
  if (typeof q === "number" && !(q * scale >= 0 && q * scale <= 1)) throw outside(op, q, 1 / scale);
  const isNan = build.isNan(lines);
  const missing = build.sum(build.cast(isNan, "float32"), [rest.length]);
  const last = skipsNan
    ? build.sub(build.scalar(size - 1), missing)
    : build.broadcast(build.scalar(size - 1), missing.shape);
  // NaN comes last, in no order of its own: a line with one is NaN, unless those are left out.
  const safe = build.where(isNan, build.scalar(0), lines);
  // A place that is known has no rounding errors: 0.4 of five steps is the second one.
  const one = (share: Value | number): Value => {
    const place = typeof share === "number" ? share * (size - 1) : build.mul(share, last);
    const found = between(safe, place, last, method);
    const isGone = skipsNan ? build.greater(build.scalar(0), last) : build.greater(missing, build.scalar(0));
    return build.where(isGone, build.scalar(Number.NaN), found);
  };
  if (typeof q === "number" && !skipsNan) return build.shaped(one(q * scale), shape);
  const shares = build.mul(toFloat(q), build.scalar(scale));
  if (shares.shape.length === 0) return build.shaped(one(shares), shape);
  const flat = build.shaped(shares, [product(shares.shape)]);
  const count = sizeAlong(op, flat, 0);
  const parts = Array.from({ length: count }, (_, k) => build.reshape(build.slice(flat, 0, k, k + 1), []));
  const all = parts.map((share) => build.reshape(one(share), [1, ...shape]));
  return build.shaped(build.concat(all, 0), [...shares.shape, ...shape]);
}

function outside(op: string, q: number, most: number): OptionError {
  return new OptionError({
    code: "quantile",
    what: `${op} needs a share of the elements`,
    received: `${q}`,
    expected: `a number from 0 to ${Math.round(most)}`,
    data: { op },
  });
}

/**
 * The element below which the share `q` (0 to 1) of the elements along some axes lies. Several q make new first axes.
 * @param q a number, or numbers
 */
export function quantile(x: Operand, q: Operand, options?: QuantileOptions): Value {
  return quantiles("quantile", x, q, 1, options, false);
}

/** As `quantile`, NaN left out. */
export function nanquantile(x: Operand, q: Operand, options?: QuantileOptions): Value {
  return quantiles("nanquantile", x, q, 1, options, true);
}

/** As `quantile`, with q in percent. */
export function percentile(x: Operand, q: Operand, options?: QuantileOptions): Value {
  return quantiles("percentile", x, q, 0.01, options, false);
}

/** As `percentile`, NaN left out. */
export function nanpercentile(x: Operand, q: Operand, options?: QuantileOptions): Value {
  return quantiles("nanpercentile", x, q, 0.01, options, true);
}

/** The element in the middle; the mean of the two in the middle of an even number. */
export function median(x: Operand, options?: ReduceOptions): Value {
  return quantiles("median", x, 0.5, 1, reduction("median", options), false);
}

/** As `median`, NaN left out. */
export function nanmedian(x: Operand, options?: ReduceOptions): Value {
  return quantiles("nanmedian", x, 0.5, 1, reduction("nanmedian", options), true);
}

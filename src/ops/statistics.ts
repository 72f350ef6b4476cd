import { type Fields, float, oneOf, resolveOptions } from "../core/options.js";
import { build, type Value } from "../graph/index.js";
import { ANY_AXIS, AXIS, along, sizeAlong, withAxisAt } from "./along.js";
import { axesOf, axisOf, type ReduceOptions, reduction } from "./axes.js";
import { matmul } from "./matmul.js";
import { max } from "./max.js";
import { mean } from "./mean.js";
import { min } from "./min.js";
import { type Operand, toBool, toFloat, toValue } from "./operand.js";
import { subtract } from "./subtract.js";

export { ANY_AXIS };

/**
 * Mean, weighted: sum(x weights) / sum(weights).
 * @param weights in the shape of x, or one for each entry of the axis; null for equal ones
 * @param axis default null: over all elements
 */
export function average(x: Operand, weights: Operand | null = null, axis: number | null = null): Value {
  const value = toFloat(x);
  if (weights === null) return mean(value, { axes: axis });
  const given = toFloat(weights);
  const at = axis === null ? null : axisOf("average", value.shape, axis);
  const alongAxis = at !== null && given.shape.length === 1 && value.shape.length !== 1;
  const placed = alongAxis ? value.shape.map((dim, i) => (i === at ? dim : 1)) : given.shape;
  const all = build.broadcast(build.shaped(given, placed), value.shape);
  const over = axesOf("average", value, at);
  return build.div(build.sum(build.mul(value, all), over), build.sum(all, over));
}

/** How many elements are not 0, as int32. @param axes default null: all */
export function countNonzero(x: Operand, axes: ReduceOptions["axes"] = null): Value {
  const isSet = build.cast(toBool(x), "int32");
  return build.sum(isSet, axesOf("countNonzero", isSet, axes));
}

/** The largest less the smallest element. */
export function ptp(x: Operand, given?: ReduceOptions): Value {
  const options = reduction("ptp", given);
  return subtract(max(x, options), min(x, options));
}

/** Options of {@link trapezoid}. */
export interface TrapezoidOptions {
  /** Distance of neighbours where x is not given. Default 1. */
  readonly dx?: number;
  /** Default -1. */
  readonly axis?: number;
}

/** The table of {@link TrapezoidOptions}. */
export const TRAPEZOID: Fields<TrapezoidOptions> = { dx: float({}, { default: 1 }), axis: AXIS };

/**
 * The area below y along an axis, which is not the batch, by the trapezoidal rule.
 * @param x where the elements of y are, in its shape or along the axis alone; null for equal distances
 */
export function trapezoid(y: Operand, x: Operand | null = null, options?: TrapezoidOptions): Value {
  const { dx, axis } = resolveOptions("trapezoid", TRAPEZOID, options);
  const given = toFloat(y);
  const at = axisOf("trapezoid", given.shape, axis);
  const last = given.shape.length - 1;
  const value = withAxisAt(given, at, last);
  const size = sizeAlong("trapezoid", value, last);
  const pairs = (v: Value, combine: (a: Value, b: Value) => Value): Value => {
    const end = v.shape.length - 1;
    return combine(build.slice(v, end, 1, size), build.slice(v, end, 0, size - 1));
  };
  const places = x === null ? null : toFloat(x);
  const moved = places === null || places.shape.length === 1 ? places : withAxisAt(places, at, last);
  const widths = moved === null ? build.scalar(dx) : pairs(moved, build.sub);
  const areas = build.mul(build.mul(pairs(value, build.add), widths), build.scalar(0.5));
  return build.sum(areas, [last]);
}

/** Correlation coefficients of the rows of a matrix (n, m): (n, n). */
export function corrcoef(x: Operand): Value {
  const given = toFloat(x);
  const value = given.shape.length === 1 ? build.reshape(given, [1, given.shape[0]!]) : given;
  const rest = subtract(value, mean(value, { axes: -1, keepDims: true }));
  const products = matmul(rest, rest, { transposeB: true });
  const lengths = build.sqrt(build.sum(build.mul(rest, rest), [rest.shape.length - 1], true));
  const ratio = build.div(products, matmul(lengths, lengths, { transposeB: true }));
  const bounded = build.minimum(build.maximum(ratio, build.scalar(-1)), build.scalar(1));
  const result = given.shape.length === 1 ? build.reshape(bounded, []) : bounded;
  return result;
}

/** How much of the shorter sequence may stick out. */
export interface CorrelateOptions {
  /** "valid": nothing, "same": as long as the longer one, "full": all but one element. Default "valid". */
  readonly mode?: "valid" | "same" | "full";
}

/** The table of {@link CorrelateOptions}. */
export const CORRELATE: Fields<CorrelateOptions> = { mode: oneOf(["valid", "same", "full"], { default: "valid" }) };

/** Sums of products of two sequences, moved past each other. Neither is a batch. */
export function correlate(x1: Operand, x2: Operand, options?: CorrelateOptions): Value {
  const { mode } = resolveOptions("correlate", CORRELATE, options);
  const [a, b] = [x1, x2].map((x) => along("correlate", toFloat(toValue(x)), null)[0]) as [Value, Value];
  const [n, m] = [sizeAlong("correlate", a, 0), sizeAlong("correlate", b, 0)];
  const whole = build.pad(a, [m - 1], [m - 1]);
  const columns = Array.from({ length: m }, (_, k) =>
    build.reshape(build.slice(whole, 0, k, k + n + m - 1), [n + m - 1, 1]),
  );
  const full = build.reshape(build.matmul(build.concat(columns, 1), build.reshape(b, [m, 1])), [n + m - 1]);
  if (mode === "full") return full;
  const [short, long] = [Math.min(n, m), Math.max(n, m)];
  const start = mode === "valid" ? short - 1 : Math.floor((short - 1) / 2) + (n < m && short % 2 === 0 ? 1 : 0);
  return build.slice(full, 0, start, start + (mode === "valid" ? long - short + 1 : long));
}

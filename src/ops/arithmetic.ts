import { type Fields, float, nullable, resolveOptions } from "../core/options.js";
import { build, type Value } from "../graph/index.js";
import { divide } from "./divide.js";
import { type Operand, promote, toFloat, toNumber, toValue } from "./operand.js";

/** Largest float32. */
const LARGEST = 3.4028234663852886e38;

/** The whole number next to x on the way to 0. */
export function trunc(x: Operand): Value {
  const value = toNumber(x);
  if (value.dtype === "int32") return value;
  return build.where(
    build.greater(build.scalar(0), value),
    build.neg(build.floor(build.neg(value))),
    build.floor(value),
  );
}

/** |x| as float32. */
export function fabs(x: Operand): Value {
  return build.abs(toFloat(x));
}

/** Remainder of x1 / x2 with the sign of x1, as C's fmod. `mod` has the sign of x2. */
export function fmod(x1: Operand, x2: Operand): Value {
  const [a, b] = promote(x1, x2);
  if (a.dtype === "int32") return build.sub(a, build.mul(build.div(a, b), b));
  const rest = build.mod(build.abs(a), build.abs(b));
  const signed = build.where(build.greater(build.scalar(0), a), build.neg(rest), rest);
  return withSlopes(signed, a, b);
}

/** The value, with the gradients of a - n b where n stays as it is. */
function withSlopes(value: Value, a: Value, b: Value): Value {
  const times = build.stopGradient(trunc(build.div(a, b)));
  const line = build.sub(a, build.mul(times, b));
  return build.add(build.stopGradient(build.sub(value, line)), line);
}

/** x1 / x2, and 0 where x2 is 0. */
export function divideNoNan(x1: Operand, x2: Operand): Value {
  const [a, b] = [toFloat(x1), toFloat(x2)];
  const isZero = build.equal(b, build.scalar(0));
  return build.where(isZero, build.scalar(0), build.div(a, build.where(isZero, build.scalar(1), b)));
}

/** x1 / x2 as float32: another name of `divide`. */
export function trueDivide(x1: Operand, x2: Operand): Value {
  return divide(x1, x2);
}

/** 0 where x1 is negative, x2 where it is 0, else 1. */
export function heaviside(x1: Operand, x2: Operand): Value {
  const [a, b] = [toFloat(x1), toFloat(x2)];
  const step = build.where(build.greater(a, build.scalar(0)), build.scalar(1), build.scalar(0));
  return build.where(build.equal(a, build.scalar(0)), b, build.where(build.isNan(a), a, step));
}

/** What stands for what is no number. */
export interface NanToNumOptions {
  /** Instead of NaN. Default 0. */
  readonly nan?: number;
  /** Instead of Infinity. Default null: the largest float32. */
  readonly posinf?: number | null;
  /** Instead of -Infinity. Default null: the least float32. */
  readonly neginf?: number | null;
}

/** The table of {@link NanToNumOptions}. */
export const NAN_TO_NUM: Fields<NanToNumOptions> = {
  nan: float({}, { default: 0 }),
  posinf: nullable(float()),
  neginf: nullable(float()),
};

/** x with finite numbers in place of NaN and the infinite ones. */
export function nanToNum(x: Operand, options?: NanToNumOptions): Value {
  const { nan, posinf, neginf } = resolveOptions("nanToNum", NAN_TO_NUM, options);
  const value = toNumber(x);
  if (value.dtype === "int32") return value;
  const replaced = (from: number, to: number, rest: Value): Value =>
    build.where(build.equal(value, build.scalar(from)), build.scalar(to), rest);
  const numbers = build.where(build.isNan(value), build.scalar(nan), value);
  const above = replaced(Number.POSITIVE_INFINITY, posinf ?? LARGEST, numbers);
  return replaced(Number.NEGATIVE_INFINITY, neginf ?? -LARGEST, above);
}

const besideNan = (x1: Operand, x2: Operand, choose: (a: Value, b: Value) => Value): Value => {
  const [a, b] = promote(x1, x2);
  if (a.dtype === "int32") return choose(a, b);
  const [isA, isB] = [build.isNan(a), build.isNan(b)];
  return choose(build.where(isA, b, a), build.where(isB, a, b));
};

/** The larger one; a number where the other is NaN. */
export function fmax(x1: Operand, x2: Operand): Value {
  return besideNan(x1, x2, build.maximum);
}

/** The smaller one; a number where the other is NaN. */
export function fmin(x1: Operand, x2: Operand): Value {
  return besideNan(x1, x2, build.minimum);
}

/**
 * The next float32 after x1 on the way to x2 (S. M. Rump, P. Zimmermann, S. Boldo, G. Melquiond, "Computing predecessor
 * and successor in rounding to nearest", BIT 49, 2009). The least step is 2^-126.
 */
export function nextafter(x1: Operand, x2: Operand): Value {
  const [a, b] = [toFloat(x1), toFloat(x2)];
  const u = 2 ** -24;
  const gap = build.stopGradient(
    build.maximum(build.mul(build.abs(a), build.scalar(u * (1 + 4 * u))), build.scalar(2 ** -126)),
  );
  const up = build.add(a, gap);
  const down = build.sub(a, gap);
  return build.where(build.greater(b, a), up, build.where(build.greater(a, b), down, b));
}

/** x itself, as a value. */
export function copy(x: Operand): Value {
  return toValue(x);
}

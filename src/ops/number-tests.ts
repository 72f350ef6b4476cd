import { bool, type Fields, float, resolveOptions } from "../core/options.js";
import { product } from "../graph/fit.js";
import { build, type Value } from "../graph/index.js";
import { all } from "./all.js";
import { any } from "./any.js";
import { type Operand, promote, toFloat, toNumber, toValue } from "./operand.js";

const INFINITY = (): Value => build.scalar(Number.POSITIVE_INFINITY);
const never = (x: Value): Value => build.broadcast(build.scalar(0, "bool"), x.shape);
/** A question that only real numbers have another answer to than no. */
const ofFloats = (x: Operand, ask: (value: Value) => Value): Value => {
  const value = toValue(x);
  return value.dtype === "float32" ? ask(value) : never(value);
};

/** Whether x is infinite, in either direction. */
export function isinf(x: Operand): Value {
  return ofFloats(x, (value) => build.equal(build.abs(value), INFINITY()));
}

/** Whether x is neither infinite nor NaN. */
export function isfinite(x: Operand): Value {
  const value = toValue(x);
  if (value.dtype !== "float32") return build.not(never(value));
  return build.greater(INFINITY(), build.abs(value));
}

/** Whether x is infinite and positive. */
export function isposinf(x: Operand): Value {
  return ofFloats(x, (value) => build.equal(value, INFINITY()));
}

/** Whether x is infinite and negative. */
export function isneginf(x: Operand): Value {
  return ofFloats(x, (value) => build.equal(value, build.neg(INFINITY())));
}

/** Whether x has no imaginary part: Pawl has real numbers only, so it is true everywhere. */
export function isreal(x: Operand): Value {
  return build.not(never(toValue(x)));
}

/** Whether the sign of x is negative, that of -0 too. */
export function signbit(x: Operand): Value {
  const value = toNumber(x);
  const zero = build.scalar(0, value.dtype);
  const isNegative = build.greater(zero, value);
  if (value.dtype === "int32") return isNegative;
  return build.or(isNegative, build.greater(zero, build.div(build.scalar(1), value)));
}

/** How near numbers have to be. */
export interface CloseOptions {
  /** Difference allowed relative to |x2|. Default 1e-5. */
  readonly rtol?: number;
  /** Difference allowed besides. Default 1e-8. */
  readonly atol?: number;
  /** Whether NaN is close to NaN. Default false. */
  readonly equalNan?: boolean;
}

/** The table of {@link CloseOptions}. */
export const CLOSE: Fields<CloseOptions> = {
  rtol: float({ min: 0 }, { default: 1e-5 }),
  atol: float({ min: 0 }, { default: 1e-8 }),
  equalNan: bool(false),
};

/** Whether |x1 - x2| <= atol + rtol |x2|, element by element; an infinite number is close to itself alone. */
export function isclose(x1: Operand, x2: Operand, options?: CloseOptions): Value {
  const { rtol, atol, equalNan } = resolveOptions("isclose", CLOSE, options);
  const [a, b] = [toFloat(x1), toFloat(x2)];
  const size = build.abs(b);
  const isNear = build.greaterEqual(
    build.add(build.scalar(atol), build.mul(build.scalar(rtol), size)),
    build.abs(build.sub(a, b)),
  );
  const isClose = build.or(build.equal(a, b), build.and(isNear, build.greater(INFINITY(), size)));
  return equalNan ? build.or(isClose, build.and(build.isNan(a), build.isNan(b))) : isClose;
}

/** Whether all elements are close, as one truth value. Over a batch it is that of all rows. */
export function allclose(x1: Operand, x2: Operand, options?: CloseOptions): Value {
  return all(isclose(x1, x2, resolveOptions("allclose", CLOSE, options)));
}

/** Options of {@link isin}. */
export interface IsinOptions {
  /** That both have no element twice; it changes nothing here. Default false. */
  readonly assumeUnique?: boolean;
  /** Whether x1 is not among x2 instead. Default false. */
  readonly invert?: boolean;
}

/** The table of {@link IsinOptions}. */
export const ISIN: Fields<IsinOptions> = { assumeUnique: bool(false), invert: bool(false) };

/** Whether each element of x1 is among those of x2. */
export function isin(x1: Operand, x2: Operand, options?: IsinOptions): Value {
  const { invert } = resolveOptions("isin", ISIN, options);
  const [a, b] = promote(x1, x2);
  const row = build.reshape(b, [...a.shape.map(() => 1), product(b.shape)]);
  const found = any(build.equal(build.reshape(a, [...a.shape, 1]), row), { axes: -1 });
  return invert ? build.not(found) : found;
}

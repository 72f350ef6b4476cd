import { build, type Value } from "../graph/index.js";
import { customGradient } from "./custom-gradient.js";
import { expm1 } from "./expm1.js";
import { log1p } from "./log1p.js";
import { type Operand, promote, toFloat } from "./operand.js";

const number = (x: number): Value => build.scalar(x);
const { add, div, mul, sub, where } = build;

/** Tangent of an angle in radians. */
export function tan(x: Operand): Value {
  const value = toFloat(x);
  return div(build.sin(value), build.cos(value));
}

/** The angle, in radians from -π/2 to π/2, of this tangent. */
export function arctan(x: Operand): Value {
  return build.atan(toFloat(x));
}

/** The angle, from -π/2 to π/2, of this sine; NaN outside of -1 … 1. */
export function arcsin(x: Operand): Value {
  const value = toFloat(x);
  const cosine = build.sqrt(mul(sub(number(1), value), add(number(1), value)));
  return mul(number(2), build.atan(div(value, add(number(1), cosine))));
}

/** The angle, from 0 to π, of this cosine; NaN outside of -1 … 1. */
export function arccos(x: Operand): Value {
  const value = toFloat(x);
  return mul(number(2), build.atan(build.sqrt(div(sub(number(1), value), add(number(1), value)))));
}

/**
 * The angle of the point (x2, x1), from -π to π: x1 is the ordinate, as in NumPy. At the origin it is 0, and so is its
 * gradient.
 */
export function arctan2(x1: Operand, x2: Operand): Value {
  return angleOf(...floats(x1, x2));
}

const angleOf = customGradient((ordinate: Value, abscissa: Value) => {
  const [y, x] = [build.abs(ordinate), build.abs(abscissa)];
  const [small, large] = [build.minimum(y, x), build.maximum(y, x)];
  const isZero = build.equal(large, number(0));
  const ratio = where(build.equal(small, large), number(1), div(small, where(isZero, number(1), large)));
  const first = build.atan(where(isZero, number(0), ratio));
  const quadrant = where(build.greater(y, x), sub(number(Math.PI / 2), first), first);
  const half = where(build.greater(number(0), abscissa), sub(number(Math.PI), quadrant), quadrant);
  const value = where(build.greater(number(0), ordinate), build.neg(half), half);
  return {
    value: build.stopGradient(value),
    gradient: (dy) => {
      const square = add(mul(ordinate, ordinate), mul(abscissa, abscissa));
      const part = div(dy, where(isZero, number(1), square));
      return [mul(part, abscissa), build.neg(mul(part, ordinate))];
    },
  };
});

/** Both broadcast to one shape: a stated gradient has the shape of its argument. */
function floats(a: Operand, b: Operand): readonly [Value, Value] {
  const [x, y] = promote(toFloat(a), toFloat(b));
  const { shape } = add(x, y);
  return [build.broadcast(x, shape), build.broadcast(y, shape)];
}

/** Hyperbolic sine, precise near 0. */
export function sinh(x: Operand): Value {
  const value = toFloat(x);
  return mul(sub(expm1(value), expm1(build.neg(value))), number(0.5));
}

/** Hyperbolic cosine. */
export function cosh(x: Operand): Value {
  const value = toFloat(x);
  return mul(add(build.exp(value), build.exp(build.neg(value))), number(0.5));
}

/** Inverse of the hyperbolic sine, precise near 0: log1p(|x| + x² / (1 + √(1 + x²))). */
export function arcsinh(x: Operand): Value {
  return areaSine(toFloat(x));
}

/** Its gradient is stated, because |x| has none at 0. */
const areaSine = customGradient((x: Value) => {
  const root = (): Value => build.sqrt(add(number(1), mul(x, x)));
  const size = build.abs(x);
  const value = mul(build.sign(x), log1p(add(size, div(mul(x, x), add(number(1), root())))));
  return { value: build.stopGradient(value), gradient: (dy) => div(dy, root()) };
});

/** Inverse of the hyperbolic cosine, for x >= 1: log1p(t + √(t² + 2t)) with t = x - 1. */
export function arccosh(x: Operand): Value {
  const t = sub(toFloat(x), number(1));
  return log1p(add(t, build.sqrt(mul(t, add(t, number(2))))));
}

/** Inverse of the hyperbolic tangent, for -1 < x < 1. */
export function arctanh(x: Operand): Value {
  const value = toFloat(x);
  return mul(sub(log1p(value), log1p(build.neg(value))), number(0.5));
}

/** Degrees to radians. */
export function deg2rad(x: Operand): Value {
  return mul(toFloat(x), number(Math.PI / 180));
}

/** Radians to degrees. */
export function rad2deg(x: Operand): Value {
  return mul(toFloat(x), number(180 / Math.PI));
}

/** √(x1² + x2²) without overflow; at the origin its gradient is 0. */
export function hypot(x1: Operand, x2: Operand): Value {
  const [a, b] = floats(x1, x2);
  const large = build.stopGradient(build.maximum(build.abs(a), build.abs(b)));
  const isZero = build.equal(large, number(0));
  const isInfinite = build.equal(large, number(Number.POSITIVE_INFINITY));
  const scale = where(build.or(isZero, isInfinite), number(1), large);
  const [p, q] = [div(a, scale), div(b, scale)];
  const square = add(mul(p, p), mul(q, q));
  return where(isZero, number(0), mul(scale, build.sqrt(where(isZero, number(1), square))));
}

/** sin(πx) / (πx), which is 1 at 0. */
export function sinc(x: Operand): Value {
  const angle = mul(toFloat(x), number(Math.PI));
  const square = mul(angle, angle);
  const isNear = build.greater(number(0.01), square);
  const safe = where(isNear, number(1), angle);
  // 1 - a²/6 + a⁴/120 - a⁶/5040, whose next term is below 3e-14 there.
  const inner = sub(number(1 / 120), mul(square, number(1 / 5040)));
  const near = add(number(1), mul(square, add(number(-1 / 6), mul(square, inner))));
  return where(isNear, near, div(build.sin(safe), safe));
}

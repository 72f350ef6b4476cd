import { build, type Value } from "../graph/index.js";
import { logAddExp } from "./log-add-exp.js";
import { type Operand, toFloat } from "./operand.js";

/** Logarithm to base 2. */
export function log2(x: Operand): Value {
  return build.mul(build.log(toFloat(x)), build.scalar(Math.LOG2E));
}

/** Logarithm to base 10. */
export function log10(x: Operand): Value {
  return build.mul(build.log(toFloat(x)), build.scalar(Math.LOG10E));
}

/** 2 to the power of x. */
export function exp2(x: Operand): Value {
  return build.pow(build.scalar(2), toFloat(x));
}

/** Cube root, also of negative numbers. */
export function cbrt(x: Operand): Value {
  const value = toFloat(x);
  return build.mul(build.sign(value), build.pow(build.abs(value), build.scalar(1 / 3)));
}

/** log2(2^x1 + 2^x2), without overflow. */
export function logaddexp2(x1: Operand, x2: Operand): Value {
  const [a, b] = [x1, x2].map((x) => build.mul(toFloat(x), build.scalar(Math.LN2))) as [Value, Value];
  return build.mul(logAddExp(a, b), build.scalar(Math.LOG2E));
}

/** x1 times 2 to the power of x2. */
export function ldexp(x1: Operand, x2: Operand): Value {
  return build.mul(toFloat(x1), exp2(x2));
}

/**
 * The modified Bessel function of the first kind of order 0: the mean of exp(x cos t) over a circle, by the trapezoidal
 * rule at 64 points, whose error is below 1e-9 of the result as far as float32 reaches (A. Cuyt et al., Handbook of
 * Continued Fractions for Special Functions, 17.1; L. N. Trefethen and J. Weideman, SIAM Review 56, 2014, section 4).
 */
export function i0(x: Operand): Value {
  const value = toFloat(x);
  const points = 16;
  const terms = Array.from({ length: points + 1 }, (_, k) => {
    const cosine = k === points ? 0 : Math.cos((k * Math.PI) / (2 * points));
    const part = build.mul(value, build.scalar(cosine));
    const pair = build.add(build.exp(part), build.exp(build.neg(part)));
    return build.mul(pair, build.scalar((k === 0 || k === points ? 0.5 : 1) / (2 * points)));
  });
  return terms.reduce((sum, term) => build.add(sum, term));
}

import { build, type Value } from "../graph/index.js";
import { customGradient } from "./custom-gradient.js";
import { type Operand, toFloat } from "./operand.js";

const number = (x: number): Value => build.scalar(x);

/** exp(-x²) times this is the complementary error function, for x > 0.5: t = 1 / (1 + x / 2). Numerical Recipes 6.2. */
const TAIL = [
  -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587, -0.82215223,
  0.17087277,
];

/** 1 - erf(x), precise where that is small too (relative error below 2e-7 for x > 0.5). */
export function erfc(x: Operand): Value {
  return complement(toFloat(x));
}

const complement: (x: Operand) => Value = customGradient((x: Value) => {
  const size = build.abs(x);
  const t = build.div(number(1), build.add(number(1), build.mul(size, number(0.5))));
  const series = [...TAIL].reverse().reduce<Value>((sum, c) => build.add(build.mul(sum, t), number(c)), number(0));
  const far = build.mul(t, build.exp(build.sub(series, build.mul(size, size))));
  const isFar = build.greater(x, number(0.5));
  return {
    value: build.where(isFar, far, build.sub(number(1), build.erf(x))),
    gradient: (dy) => build.mul(dy, build.mul(number(-2 / Math.sqrt(Math.PI)), build.exp(build.neg(build.mul(x, x))))),
  };
});

/** M. Giles, "Approximating the erfinv function", GPU Computing Gems 2, 2011: single precision, in w - 2.5 and √w - 3. */
const CENTRAL = [
  2.81022636e-8, 3.43273939e-7, -3.5233877e-6, -4.39150654e-6, 0.00021858087, -0.00125372503, -0.00417768164,
  0.246640727, 1.50140941,
];
const OUTER = [
  -0.000200214257, 0.000100950558, 0.00134934322, -0.00367342844, 0.00573950773, -0.0076224613, 0.00943887047,
  1.00167406, 2.83297682,
];

/** The x whose error function is this; infinite at -1 and 1, NaN beyond. */
export function erfinv(x: Operand): Value {
  return inverse(toFloat(x));
}

/** The slope is that of the exact function; of the first two orders. */
function inverse(x: Value): Value {
  const product = build.mul(build.sub(number(1), x), build.add(number(1), x));
  const w = build.neg(build.log(product));
  const isCentral = build.greater(number(5), w);
  const series = (list: readonly number[], at: Value): Value =>
    list.reduce<Value>((sum, c) => build.add(build.mul(sum, at), number(c)), number(0));
  const near = series(CENTRAL, build.sub(build.where(isCentral, w, number(2.5)), number(2.5)));
  const far = series(OUTER, build.sub(build.sqrt(build.where(isCentral, number(9), w)), number(3)));
  const guess = build.mul(build.where(isCentral, near, far), x);
  const isEnd = build.equal(build.abs(x), number(1));
  const value = build.where(isEnd, build.mul(x, number(Number.POSITIVE_INFINITY)), guess);
  const withSlopeOf = (y: Value): Value =>
    customGradient((_x: Value) => ({
      value,
      gradient: (dy) => build.mul(dy, build.mul(number(Math.sqrt(Math.PI) / 2), build.exp(build.mul(y, y)))),
    }))(x);
  return withSlopeOf(withSlopeOf(value));
}

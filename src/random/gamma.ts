import { expOf, logOf, normalOf } from "../core/normal.js";
import { float, resolveOptions } from "../core/options.js";
import type { StaticShape } from "../core/shape.js";
import type { Tensor } from "../core/tensor.js";
import { eachFromWords, type NextWord, openUniform } from "./own-words.js";
import { type Parameter, parameterOf } from "./parameter.js";
import { type RandomOptions, SEED, stream } from "./seed.js";

const positive = float({ above: 0, max: Number.MAX_VALUE });

/**
 * float32 numbers from a gamma distribution of scale 1.
 * @param alpha its shape, above 0: a number, or numbers that broadcast to `shape`
 */
export function gamma(shape: StaticShape, alpha: Parameter, options?: RandomOptions): Tensor<"float32"> {
  const { seed } = resolveOptions("random.gamma", SEED, options);
  const alphaOf = parameterOf(alpha, shape, positive, "random.gamma: alpha");
  return eachFromWords(stream("gamma", seed), shape, (next, element) => gammaOf(next, alphaOf(element)));
}

/**
 * float32 numbers from a beta distribution.
 * @param alpha its first parameter, above 0: a number, or numbers that broadcast to `shape`
 * @param beta its second parameter, the same
 */
export function beta(
  shape: StaticShape,
  alpha: Parameter,
  beta: Parameter,
  options?: RandomOptions,
): Tensor<"float32"> {
  const { seed } = resolveOptions("random.beta", SEED, options);
  const alphaOf = parameterOf(alpha, shape, positive, "random.beta: alpha");
  const betaOf = parameterOf(beta, shape, positive, "random.beta: beta");
  return eachFromWords(stream("beta", seed), shape, (next, element) =>
    betaNumber(next, alphaOf(element), betaOf(element)),
  );
}

function gammaOf(next: NextWord, alpha: number): number {
  const value = atLeastOne(next, alpha < 1 ? alpha + 1 : alpha);
  return alpha < 1 ? value * expOf(logOf(openUniform(next())) / alpha) : value;
}

/** X / (X + Y) for two gamma numbers, of whose logarithms the larger is taken off: small parameters underflow otherwise. */
export function betaNumber(next: NextWord, alpha: number, beta: number): number {
  const x = logGamma(next, alpha);
  const y = logGamma(next, beta);
  return x > y ? 1 / (1 + expOf(y - x)) : expOf(x - y) / (1 + expOf(x - y));
}

function logGamma(next: NextWord, alpha: number): number {
  const value = logOf(atLeastOne(next, alpha < 1 ? alpha + 1 : alpha));
  return alpha < 1 ? value + logOf(openUniform(next())) / alpha : value;
}

/**
 * A gamma number for alpha >= 1. Marsaglia, Tsang, "A simple method for generating gamma variables", ACM Transactions on
 * Mathematical Software 26, 2000. More than 95 % of the attempts succeed. Smaller parameters follow from alpha + 1 by a
 * factor u^(1 / alpha), as its section 6 says.
 */
function atLeastOne(next: NextWord, alpha: number): number {
  const d = alpha - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normalOf(next());
    const root = 1 + c * x;
    const u = openUniform(next());
    if (root <= 0) continue;
    const v = root * root * root;
    if (logOf(u) < 0.5 * x * x + d * (1 - v + logOf(v))) return d * v;
  }
}

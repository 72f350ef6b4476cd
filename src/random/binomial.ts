import { float, int, resolveOptions } from "../core/options.js";
import type { StaticShape } from "../core/shape.js";
import type { Tensor } from "../core/tensor.js";
import { betaNumber } from "./gamma.js";
import { eachFromWords, type NextWord, openUniform } from "./own-words.js";
import { type Parameter, parameterOf } from "./parameter.js";
import { type RandomOptions, SEED, stream } from "./seed.js";

/** float32 holds every whole number up to here. */
const MOST_TRIALS = 2 ** 24;
/** So many trials are made one by one. */
const ONE_BY_ONE = 16;

const trials = int({ min: 0, max: MOST_TRIALS });
const probability = float({ min: 0, max: 1 });

/**
 * float32 numbers from a binomial distribution: how many of `counts` trials succeed.
 * @param counts trials, 0 to 2^24: a number, or numbers that broadcast to `shape`
 * @param probabilities of success, 0 to 1: the same
 */
export function binomial(
  shape: StaticShape,
  counts: Parameter,
  probabilities: Parameter,
  options?: RandomOptions,
): Tensor<"float32"> {
  const { seed } = resolveOptions("random.binomial", SEED, options);
  const countOf = parameterOf(counts, shape, trials, "random.binomial: counts");
  const chanceOf = parameterOf(probabilities, shape, probability, "random.binomial: probabilities");
  return eachFromWords(stream("binomial", seed), shape, (next, element) =>
    successes(next, countOf(element), chanceOf(element)),
  );
}

/**
 * The number of n uniform numbers below p. The middle one of many is a beta number, and tells on which side of p half of
 * them are: Devroye, "Non-uniform random variate generation", 1986, chapter X, section 4.3; so the work grows with log n.
 */
function successes(next: NextWord, trials: number, chance: number): number {
  let n = trials;
  let p = chance;
  let found = 0;
  while (n > ONE_BY_ONE && p > 0 && p < 1) {
    const i = Math.floor((n + 1) / 2);
    const middle = betaNumber(next, i, n + 1 - i);
    if (middle <= p) {
      found += i;
      n -= i;
      p = (p - middle) / (1 - middle);
    } else {
      n = i - 1;
      p /= middle;
    }
  }
  if (p <= 0) return found;
  if (p >= 1) return found + n;
  for (let i = 0; i < n; i++) if (openUniform(next()) < p) found++;
  return found;
}

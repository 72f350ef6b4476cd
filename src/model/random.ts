import { type Field, type Fields, float, int, resolveOptions } from "../core/options.js";
import { type RandomStream, streamOf } from "../core/philox.js";
import { integerTensor, normalTensor, uniformTensor } from "../core/random-tensors.js";
import { nextSeed } from "../core/seed.js";
import type { StaticShape } from "../core/shape.js";
import type { Tensor } from "../core/tensor.js";

/** Options of all draws. */
export interface RandomOptions {
  /** 0 to 2^32 - 1: gives the same numbers each time. Default: derived from `setRandomSeed`, else random. */
  readonly seed?: number;
}

/** Options of `random.uniform`. */
export interface UniformOptions extends RandomOptions {
  /** Smallest number. Default 0. */
  readonly min?: number;
  /** Upper bound, exclusive. Default 1. */
  readonly max?: number;
}

/** Options of `random.normal`. */
export interface NormalOptions extends RandomOptions {
  /** Mean of the distribution. Default 0. */
  readonly mean?: number;
  /** Standard deviation, 0 or more. Default 1. */
  readonly stddev?: number;
}

const seedField: Field<number> = int({ min: 0, max: 0xffff_ffff }, { default: -1 });

const UNIFORM: Fields<UniformOptions> = {
  min: float({}, { default: 0 }),
  max: float({}, { default: 1 }),
  seed: seedField,
};
const NORMAL: Fields<NormalOptions> = {
  mean: float({}, { default: 0 }),
  stddev: float({ min: 0 }, { default: 1 }),
  seed: seedField,
};
const SEED: Fields<RandomOptions> = { seed: seedField };

/** float32 numbers, uniform in [min, max). */
export function uniform(shape: StaticShape, options?: UniformOptions): Tensor<"float32"> {
  const { min, max, seed } = resolveOptions("random.uniform", UNIFORM, options);
  return uniformTensor(stream("uniform", seed), shape, min, max);
}

/** float32 numbers from a normal distribution. */
export function normal(shape: StaticShape, options?: NormalOptions): Tensor<"float32"> {
  const { mean, stddev, seed } = resolveOptions("random.normal", NORMAL, options);
  return normalTensor(stream("normal", seed), shape, mean, stddev);
}

/** int32 numbers, uniform from `low` to `high - 1`. */
export function integers(low: number, high: number, shape: StaticShape, options?: RandomOptions): Tensor<"int32"> {
  const { seed } = resolveOptions("random.integers", SEED, options);
  return integerTensor(stream("integers", seed), low, high, shape, "random.integers");
}

function stream(purpose: string, seed: number): RandomStream {
  return { seed: seed < 0 ? nextSeed("random") : seed, stream: streamOf("random", purpose), iteration: 0 };
}

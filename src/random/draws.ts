import { type Fields, float, resolveOptions } from "../core/options.js";
import { integerTensor, normalTensor, truncatedNormalTensor, uniformTensor } from "../core/random-tensors.js";
import type { StaticShape } from "../core/shape.js";
import type { Tensor } from "../core/tensor.js";
import { type RandomOptions, SEED, seedField, stream } from "./seed.js";

/** Options of `random.uniform`. */
export interface UniformOptions extends RandomOptions {
  /** Smallest number. Default 0. */
  readonly min?: number;
  /** Upper bound, exclusive. Default 1. */
  readonly max?: number;
}

/** Options of `random.normal` and `random.truncatedNormal`. */
export interface NormalOptions extends RandomOptions {
  /** Mean of the distribution. Default 0. */
  readonly mean?: number;
  /** Standard deviation, 0 or more. Default 1. */
  readonly stddev?: number;
}

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

/** The same as {@link integers}, in Keras's order: int32 numbers, uniform from `min` to `max - 1`. */
export function randint(shape: StaticShape, min: number, max: number, options?: RandomOptions): Tensor<"int32"> {
  const { seed } = resolveOptions("random.randint", SEED, options);
  return integerTensor(stream("integers", seed), min, max, shape, "random.randint");
}

/** float32 numbers from a normal distribution, none farther than two standard deviations (before the cut) from the mean. */
export function truncatedNormal(shape: StaticShape, options?: NormalOptions): Tensor<"float32"> {
  const { mean, stddev, seed } = resolveOptions("random.truncatedNormal", NORMAL, options);
  return truncatedNormalTensor(stream("truncatedNormal", seed), shape, mean, stddev);
}

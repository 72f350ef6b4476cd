import { type Fields, float, resolveOptions, text } from "../../core/options.js";
import { type RandomStream, streamOf } from "../../core/philox.js";
import { integerTensor, normalTensor, permutationTensor, uniformTensor } from "../../core/random-tensors.js";
import type { StaticShape } from "../../core/shape.js";
import type { Tensor } from "../../core/tensor.js";

/** Options of all draws of `run.random`. */
export interface DrawOptions {
  /**
   * Name of the stream: numbers of one purpose do not depend on how many another purpose takes. Default: the name of
   * the method.
   */
  readonly purpose?: string;
}

/** Options of `run.random.uniform`. */
export interface UniformDraw extends DrawOptions {
  /** Smallest number. Default 0. */
  readonly min?: number;
  /** Upper bound, exclusive. Default 1. */
  readonly max?: number;
}

/** Options of `run.random.normal`. */
export interface NormalDraw extends DrawOptions {
  /** Mean of the distribution. Default 0. */
  readonly mean?: number;
  /** Standard deviation, 0 or more. Default 1. */
  readonly stddev?: number;
}

const purpose = text({ default: "" });
const UNIFORM: Fields<UniformDraw> = { min: float({}, { default: 0 }), max: float({}, { default: 1 }), purpose };
const NORMAL: Fields<NormalDraw> = {
  mean: float({}, { default: 0 }),
  stddev: float({ min: 0 }, { default: 1 }),
  purpose,
};
const DRAW: Fields<DrawOptions> = { purpose };

/**
 * Random numbers of a loop: they depend on the run's seed, its step, the purpose, and how many times that purpose was
 * asked before in this step. A run that goes on gets the numbers that it would have had.
 */
export class RunRandom {
  readonly #seed: number;
  readonly #step: () => number;
  #counted = -1;
  readonly #calls = new Map<string, number>();

  /** Made by `openRun`. */
  constructor(seed: number, step: () => number) {
    this.#seed = seed;
    this.#step = step;
  }

  /** float32 numbers, uniform in [min, max). @param shape default [], a single number */
  uniform(shape: StaticShape = [], options?: UniformDraw): Tensor {
    const { min, max, purpose } = resolveOptions("run.random.uniform", UNIFORM, options);
    return uniformTensor(this.#next(purpose || "uniform"), shape, min, max);
  }

  /** float32 numbers from a normal distribution. @param shape default [], a single number */
  normal(shape: StaticShape = [], options?: NormalDraw): Tensor {
    const { mean, stddev, purpose } = resolveOptions("run.random.normal", NORMAL, options);
    return normalTensor(this.#next(purpose || "normal"), shape, mean, stddev);
  }

  /** int32 numbers, uniform from `low` to `high - 1`. @param shape default [], a single number */
  integers(low: number, high: number, shape: StaticShape = [], options?: DrawOptions): Tensor {
    const { purpose } = resolveOptions("run.random.integers", DRAW, options);
    return integerTensor(this.#next(purpose || "integers"), low, high, shape, "run.random.integers");
  }

  /** int32: the numbers 0 to n - 1 in random order. */
  permutation(n: number, options?: DrawOptions): Tensor {
    const { purpose } = resolveOptions("run.random.permutation", DRAW, options);
    return permutationTensor(this.#next(purpose || "permutation"), n);
  }

  #next(purpose: string): RandomStream {
    const step = this.#step();
    if (step !== this.#counted) {
      this.#calls.clear();
      this.#counted = step;
    }
    const call = this.#calls.get(purpose) ?? 0;
    this.#calls.set(purpose, call + 1);
    return { seed: this.#seed, stream: streamOf("run", purpose, call), iteration: step };
  }
}

import { fillFromWords } from "../core/draw.js";
import { allocate } from "../core/dtype.js";
import { normalOf } from "../core/normal.js";
import { type Field, type Fields, float, int, resolveOptions } from "../core/options.js";
import { type RandomStream, streamOf, uniformOf } from "../core/philox.js";
import { nextSeed } from "../core/seed.js";
import { type StaticShape, sizeOf } from "../core/shape.js";
import { Tensor } from "../core/tensor.js";
import { checkShape } from "../core/tensor-data.js";

/** Options of all draws: with the same seed, the same numbers; else they follow from `setRandomSeed`, or are fresh. */
export interface RandomOptions {
  readonly seed?: number;
}

const seedField: Field<number> = int({ min: 0, max: 0xffff_ffff }, { default: -1 });

const UNIFORM: Fields<{ min?: number; max?: number; seed?: number }> = {
  min: float({}, { default: 0 }),
  max: float({}, { default: 1 }),
  seed: seedField,
};
const NORMAL: Fields<{ mean?: number; stddev?: number; seed?: number }> = {
  mean: float({}, { default: 0 }),
  stddev: float({ min: 0 }, { default: 1 }),
  seed: seedField,
};
const SEED: Fields<{ seed?: number }> = { seed: seedField };

/** float32 numbers from [min, max), evenly spread; [0, 1) by default. */
export function uniform(
  shape: StaticShape,
  options?: RandomOptions & { readonly min?: number; readonly max?: number },
): Tensor {
  const { min, max, seed } = resolveOptions("random.uniform", UNIFORM, options);
  const out = allocate("float32", sizeOf(checkShape(shape)));
  return new Tensor(
    fillFromWords(out, stream("uniform", seed), (word) => min + uniformOf(word) * (max - min)),
    shape,
  );
}

/** float32 numbers of a normal distribution. */
export function normal(
  shape: StaticShape,
  options?: RandomOptions & { readonly mean?: number; readonly stddev?: number },
): Tensor {
  const { mean, stddev, seed } = resolveOptions("random.normal", NORMAL, options);
  const out = allocate("float32", sizeOf(checkShape(shape)));
  return new Tensor(
    fillFromWords(out, stream("normal", seed), (word) => mean + normalOf(word) * stddev),
    shape,
  );
}

/** int32 numbers from `low` to `high - 1`, evenly spread. */
export function integers(low: number, high: number, shape: StaticShape, options?: RandomOptions): Tensor {
  const { seed } = resolveOptions("random.integers", SEED, options);
  int({ min: -(2 ** 31), max: 2 ** 31 - 1 }).parse(low, "random.integers: low");
  int({ min: low + 1, max: 2 ** 31 }).parse(high, "random.integers: high");
  const scale = (high - low) / 2 ** 32;
  const out = allocate("int32", sizeOf(checkShape(shape)));
  return new Tensor(
    fillFromWords(out, stream("integers", seed), (word) => low + Math.floor(word * scale)),
    shape,
  );
}

function stream(purpose: string, seed: number): RandomStream {
  return { seed: seed < 0 ? nextSeed("random") : seed, stream: streamOf("random", purpose), iteration: 0 };
}

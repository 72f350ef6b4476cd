import { type Fields, float, resolveOptions } from "../core/options.js";
import { type StaticShape, sizeOf } from "../core/shape.js";
import { normals } from "./draw.js";
import { Initializer } from "./initializer.js";
import { type SeedOption, seedField } from "./seed.js";

export interface RandomNormalOptions extends SeedOption {
  /** Default 0. */
  mean?: number;
  /** Default 0.05. */
  stddev?: number;
}

/** Normal with the given mean and standard deviation. */
export class RandomNormal extends Initializer<RandomNormalOptions> {
  static readonly className = "RandomNormal";
  static readonly fields: Fields<RandomNormalOptions> = {
    mean: float({}, { default: 0 }),
    stddev: float({ min: 0 }, { default: 0.05 }),
    seed: seedField,
  };

  constructor(options?: RandomNormalOptions) {
    super(RandomNormal.fields, resolveOptions("RandomNormal", RandomNormal.fields, options));
  }

  override initialize(shape: StaticShape, seed: number): Float32Array {
    const { mean, stddev } = this.options;
    return Float32Array.from(normals(this.options.seed ?? seed, sizeOf(shape)), (z) => mean + z * stddev);
  }
}

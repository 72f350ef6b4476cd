import { type Fields, float, resolveOptions } from "../core/options.js";
import { type StaticShape, sizeOf } from "../core/shape.js";
import { truncatedNormals } from "./draw.js";
import { Initializer } from "./initializer.js";
import { type SeedOption, seedField } from "./seed.js";

export interface TruncatedNormalOptions extends SeedOption {
  /** Default 0. */
  mean?: number;
  /** Standard deviation before the cut. Default 0.05. */
  stddev?: number;
}

/** Normal with the given mean and standard deviation, cut at two standard deviations. */
export class TruncatedNormal extends Initializer<TruncatedNormalOptions> {
  static readonly className = "TruncatedNormal";
  static readonly fields: Fields<TruncatedNormalOptions> = {
    mean: float({}, { default: 0 }),
    stddev: float({ min: 0 }, { default: 0.05 }),
    seed: seedField,
  };

  constructor(options?: TruncatedNormalOptions) {
    super(TruncatedNormal.fields, resolveOptions("TruncatedNormal", TruncatedNormal.fields, options));
  }

  override initialize(shape: StaticShape, seed: number): Float32Array {
    const { mean, stddev } = this.options;
    return Float32Array.from(truncatedNormals(this.options.seed ?? seed, sizeOf(shape)), (z) => mean + z * stddev);
  }
}

import { type Fields, float } from "../core/options.js";
import type { StaticShape } from "../core/shape.js";
import { truncatedNormals } from "./draw.js";
import { FillingInitializer } from "./initializer.js";
import { type SeedOption, seedField } from "./seed.js";

export interface TruncatedNormalOptions extends SeedOption {
  /** Default 0. */
  mean?: number;
  /** Standard deviation before the cut. Default 0.05. */
  stddev?: number;
}

/** Normal with the given mean and standard deviation, cut at two standard deviations. */
export class TruncatedNormal extends FillingInitializer<TruncatedNormalOptions> {
  static readonly className: string = "TruncatedNormal";
  static readonly fields: Fields<TruncatedNormalOptions> = {
    mean: float({}, { default: 0 }),
    stddev: float({ min: 0 }, { default: 0.05 }),
    seed: seedField,
  };

  override fill(out: Float32Array, _shape: StaticShape, seed: number): void {
    const { mean, stddev } = this.options;
    truncatedNormals(this.options.seed ?? seed, out, (z) => mean + z * stddev);
  }
}

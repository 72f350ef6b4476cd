import { type Fields, float } from "../core/options.js";
import type { StaticShape } from "../core/shape.js";
import { normals } from "./draw.js";
import { FillingInitializer } from "./initializer.js";
import { type SeedOption, seedField } from "./seed.js";

export interface RandomNormalOptions extends SeedOption {
  /** Default 0. */
  mean?: number;
  /** Default 0.05. */
  stddev?: number;
}

/** Normal with the given mean and standard deviation. */
export class RandomNormal extends FillingInitializer<RandomNormalOptions> {
  static readonly className: string = "RandomNormal";
  static readonly fields: Fields<RandomNormalOptions> = {
    mean: float({}, { default: 0 }),
    stddev: float({ min: 0 }, { default: 0.05 }),
    seed: seedField,
  };

  override fill(out: Float32Array, _shape: StaticShape, seed: number): void {
    const { mean, stddev } = this.options;
    normals(this.options.seed ?? seed, out, (z) => mean + z * stddev);
  }
}

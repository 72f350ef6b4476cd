import { type Fields, float } from "../core/options.js";
import type { StaticShape } from "../core/shape.js";
import { uniforms } from "./draw.js";
import { FillingInitializer } from "./initializer.js";
import { type SeedOption, seedField } from "./seed.js";

export interface RandomUniformOptions extends SeedOption {
  /** Default -0.05. */
  minval?: number;
  /** Default 0.05. */
  maxval?: number;
}

/** Uniform in [minval, maxval). */
export class RandomUniform extends FillingInitializer<RandomUniformOptions> {
  static readonly className: string = "RandomUniform";
  static readonly fields: Fields<RandomUniformOptions> = {
    minval: float({}, { default: -0.05 }),
    maxval: float({}, { default: 0.05 }),
    seed: seedField,
  };

  override fill(out: Float32Array, _shape: StaticShape, seed: number): void {
    const { minval, maxval } = this.options;
    uniforms(this.options.seed ?? seed, out, (u) => minval + u * (maxval - minval));
  }
}

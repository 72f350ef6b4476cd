import { type Fields, float, resolveOptions } from "../core/options.js";
import { type StaticShape, sizeOf } from "../core/shape.js";
import { uniforms } from "./draw.js";
import { Initializer } from "./initializer.js";
import { type SeedOption, seedField } from "./seed.js";

export interface RandomUniformOptions extends SeedOption {
  /** Default -0.05. */
  minval?: number;
  /** Default 0.05. */
  maxval?: number;
}

/** Uniform in [minval, maxval). */
export class RandomUniform extends Initializer<RandomUniformOptions> {
  static readonly className = "RandomUniform";
  static readonly fields: Fields<RandomUniformOptions> = {
    minval: float({}, { default: -0.05 }),
    maxval: float({}, { default: 0.05 }),
    seed: seedField,
  };

  constructor(options?: RandomUniformOptions) {
    super(RandomUniform.fields, resolveOptions("RandomUniform", RandomUniform.fields, options));
  }

  override initialize(shape: StaticShape, seed: number): Float32Array {
    const { minval, maxval } = this.options;
    return Float32Array.from(uniforms(this.options.seed ?? seed, sizeOf(shape)), (u) => minval + u * (maxval - minval));
  }
}

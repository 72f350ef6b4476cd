import { type Fields, float, int, nullable } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "../base/call-context.js";
import { presentContext } from "../base/current-context.js";
import type { Given } from "../base/given.js";
import { purposeOf } from "../base/noise.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";
import { withArguments } from "../base/with-arguments.js";

export interface GaussianNoiseSettings {
  /** Standard deviation of the noise. */
  readonly stddev: number;
  /** A whole number that changes which numbers are drawn. Default null: the model's seed alone decides. */
  readonly seed: number | null;
}

export type GaussianNoiseOptions = Given<GaussianNoiseSettings, "stddev">;

/** In training, adds normal noise of mean 0. */
export class GaussianNoise extends TableLayer<GaussianNoiseSettings> {
  static override readonly className: string = "GaussianNoise";
  static override readonly positional: readonly string[] = ["stddev"];
  static override readonly fields: Fields<GaussianNoiseSettings> = {
    stddev: float({ min: 0 }),
    seed: nullable(int()),
  };
  static override readonly traits: LayerTraits = { castsToFloat: true, supportsMasking: true };

  constructor(stddev: number, options: GaussianNoiseOptions = {}) {
    super(withArguments(new.target, { stddev }, options));
  }

  override call(x: Value, context: CallContext = presentContext()): Value {
    const { stddev, seed } = this.options;
    if (!context.training || stddev === 0) return x;
    return ops.add(x, ops.multiply(context.random(purposeOf("noise", seed), x.shape, "normal"), stddev));
  }
}

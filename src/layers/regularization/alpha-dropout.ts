import { type Fields, float, int, nullable } from "../../core/options.js";
import type { Shape } from "../../core/shape.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "../base/call-context.js";
import { presentContext } from "../base/current-context.js";
import type { Given } from "../base/given.js";
import { keepMask, noiseDims } from "../base/noise.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";
import { withArguments } from "../base/with-arguments.js";
import { shapeField } from "../options/shape-field.js";

/** The value of SELU far below 0: -alpha * scale. */
const SATURATION = -1.6732632423543772 * 1.0507009873554805;

export interface AlphaDropoutSettings {
  /** Fraction of the elements that is dropped, 0 to 1. */
  readonly rate: number;
  /** A whole number that changes which numbers are drawn. Default null: the model's seed alone decides. */
  readonly seed: number | null;
  /** Shape of the mask, as in Dropout. Default null: that of the input. */
  readonly noiseShape: Shape | null;
}

export type AlphaDropoutOptions = Given<AlphaDropoutSettings, "rate">;

/** Dropout that keeps mean and variance of SELU networks (Klambauer et al. 2017, https://arxiv.org/abs/1706.02515). */
export class AlphaDropout extends TableLayer<AlphaDropoutSettings> {
  static override readonly className: string = "AlphaDropout";
  static override readonly positional: readonly string[] = ["rate"];
  static override readonly fields: Fields<AlphaDropoutSettings> = {
    rate: float({ min: 0, max: 1 }),
    seed: nullable(int()),
    noiseShape: nullable(shapeField()),
  };
  static override readonly traits: LayerTraits = { castsToFloat: true, supportsMasking: true };

  constructor(rate: number, options: AlphaDropoutOptions = {}) {
    super(withArguments(new.target, { rate }, options));
  }

  override call(x: Value, context: CallContext = presentContext()): Value {
    const { rate } = this.options;
    if (!context.training || rate === 0) return x;
    const mask = keepMask(this.options, noiseDims(this, x, this.options.noiseShape), context);
    const scale = 1 / Math.sqrt((1 - rate) * (1 + rate * SATURATION * SATURATION));
    return ops.add(ops.multiply(ops.where(mask, x, SATURATION), scale), -scale * SATURATION * rate);
  }
}

import { type Fields, float, int, nullable } from "../../core/options.js";
import type { Shape } from "../../core/shape.js";
import type { Value } from "../../graph/value.js";
import type { CallContext } from "../base/call-context.js";
import { presentContext } from "../base/current-context.js";
import type { Given } from "../base/given.js";
import { dropout, noiseDims } from "../base/noise.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";
import { withArguments } from "../base/with-arguments.js";
import { shapeField } from "../options/shape-field.js";

export interface DropoutSettings {
  /** Fraction of the elements that is dropped, 0 to 1. */
  readonly rate: number;
  /** A whole number that changes which numbers are drawn. Default null: the model's seed alone decides. */
  readonly seed: number | null;
  /**
   * Shape of the mask; null dimensions are those of the input, 1 shares the mask along the axis. Default null: that of
   * the input.
   */
  readonly noiseShape: Shape | null;
}

export type DropoutOptions = Given<DropoutSettings, "rate">;

/** In training, sets a fraction `rate` of the elements to 0 and scales the others up by 1 / (1 - rate). */
export class Dropout extends TableLayer<DropoutSettings> {
  static override readonly className: string = "Dropout";
  static override readonly positional: readonly string[] = ["rate"];
  static override readonly fields: Fields<DropoutSettings> = {
    rate: float({ min: 0, max: 1 }),
    seed: nullable(int()),
    noiseShape: nullable(shapeField()),
  };
  static override readonly traits: LayerTraits = { castsToFloat: true, supportsMasking: true };

  constructor(rate: number, options: DropoutOptions = {}) {
    super(withArguments(new.target, { rate }, options));
  }

  override call(x: Value, context: CallContext = presentContext()): Value {
    return dropout(x, this.options, noiseDims(this, x, this.options.noiseShape), context);
  }
}

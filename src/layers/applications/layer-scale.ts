import { type Fields, float, int } from "../../core/options.js";
import type { Variable } from "../../engine/variable.js";
import type { Value } from "../../graph/value.js";
import { Constant } from "../../initializers/index.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "../base/call-context.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";

export interface LayerScaleOptions {
  /** What the factors begin with. */
  readonly initValues: number;
  /** Number of channels. */
  readonly projectionDim: number;
}

/** A learned factor for each channel, as in ConvNeXt. Weight: gamma (projectionDim). */
export class LayerScale extends TableLayer<LayerScaleOptions> {
  static override readonly className: string = "LayerScale";
  /** @internal */
  static override readonly kerasModule: string = "keras.src.applications.convnext";
  static override readonly fields: Fields<LayerScaleOptions> = { initValues: float(), projectionDim: int({ min: 1 }) };
  static override readonly traits: LayerTraits = { castsToFloat: true };

  gamma!: Variable;

  override build(): void {
    const { initValues, projectionDim } = this.options;
    // Keras leaves the weight without a name of its own.
    this.gamma = this.addWeight("variable", {
      shape: [projectionDim],
      initializer: new Constant({ value: initValues }),
    });
  }

  override call(x: Value, _context?: CallContext): Value {
    return ops.multiply(x, this.gamma.value);
  }
}

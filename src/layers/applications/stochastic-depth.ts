import { type Fields, float } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import type { CallContext } from "../base/call-context.js";
import { presentContext } from "../base/current-context.js";
import { dropout } from "../base/noise.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";

export interface StochasticDepthOptions {
  /** Fraction of the rows that is dropped, 0 to 1. */
  readonly dropPathRate: number;
}

/** In training, drops whole rows of the batch (Huang et al. 2016, arXiv:1603.09382) and scales the others up. */
export class StochasticDepth extends TableLayer<StochasticDepthOptions> {
  static override readonly className: string = "StochasticDepth";
  /** @internal */
  static override readonly kerasModule: string = "keras.src.applications.convnext";
  static override readonly fields: Fields<StochasticDepthOptions> = { dropPathRate: float({ min: 0, max: 1 }) };
  static override readonly traits: LayerTraits = { castsToFloat: true };

  override call(x: Value, context: CallContext = presentContext()): Value {
    const dims = x.shape.map((dim, axis) => (axis === 0 ? dim : 1));
    return dropout(x, { rate: this.options.dropPathRate, seed: null }, dims, context);
  }
}

import { leaky_relu as leakyRelu } from "../../activations/index.js";
import { type Fields, float } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import type { CallContext } from "../base/call-context.js";
import type { Given } from "../base/given.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";

export interface LeakyReLUSettings {
  /** Slope below 0. Default 0.3. */
  readonly negativeSlope: number;
}

export type LeakyReLUOptions = Given<LeakyReLUSettings>;

/** x above 0, negativeSlope * x below. */
export class LeakyReLU extends TableLayer<LeakyReLUSettings> {
  static override readonly className: string = "LeakyReLU";
  static override readonly fields: Fields<LeakyReLUSettings> = {
    negativeSlope: float({ min: 0 }, { default: 0.3 }),
  };
  static override readonly traits: LayerTraits = { castsToFloat: true, supportsMasking: true };

  override call(x: Value, _context?: CallContext): Value {
    return leakyRelu(x, { negativeSlope: this.options.negativeSlope });
  }
}

import { relu } from "../../activations/index.js";
import { type Fields, float, nullable } from "../../core/options.js";
import type { Value } from "../../graph/value.js";
import type { CallContext } from "../base/call-context.js";
import type { Given } from "../base/given.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";

export interface ReLUSettings {
  /** Upper limit. Default: none. */
  readonly maxValue: number | null;
  /** Slope below the threshold. Default 0. */
  readonly negativeSlope: number;
  /** Values below count as negative. Default 0. */
  readonly threshold: number;
}

export type ReLUOptions = Given<ReLUSettings>;

/** Rectifier with optional slope, threshold and limit: `activations.relu`. */
export class ReLU extends TableLayer<ReLUSettings> {
  static override readonly className: string = "ReLU";
  static override readonly fields: Fields<ReLUSettings> = {
    maxValue: nullable(float({ min: 0 })),
    negativeSlope: float({ min: 0 }, { default: 0 }),
    threshold: float({ min: 0 }, { default: 0 }),
  };
  static override readonly traits: LayerTraits = { castsToFloat: true, supportsMasking: true };

  override call(x: Value, _context?: CallContext): Value {
    return relu(x, this.options);
  }
}

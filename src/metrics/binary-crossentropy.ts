import { bool, type Fields, float } from "../core/options.js";
import { BinaryCrossentropy as BinaryCrossentropyLoss, type Loss } from "../losses/index.js";
import { LossMetric } from "./loss-metric.js";
import { type Direction, type MetricOptions, metricFields } from "./metric.js";

export interface BinaryCrossentropyOptions extends MetricOptions {
  /** Predictions are logits instead of probabilities. Default false. */
  readonly fromLogits?: boolean;
  /** Moves labels towards 0.5, 0 to 1. Default 0. */
  readonly labelSmoothing?: number;
}

/** The mean crossentropy of binary labels. */
export class BinaryCrossentropy extends LossMetric<BinaryCrossentropyOptions> {
  static override readonly className: string = "BinaryCrossentropy";
  static readonly fields: Fields<BinaryCrossentropyOptions> = {
    ...metricFields("binary_crossentropy"),
    fromLogits: bool(false),
    labelSmoothing: float({ min: 0, max: 1 }, { default: 0 }),
  };
  readonly direction: Direction = "min";
  protected readonly loss: Loss = new BinaryCrossentropyLoss({
    fromLogits: this.options.fromLogits,
    labelSmoothing: this.options.labelSmoothing,
  });
}

import { bool, type Fields, float, int } from "../core/options.js";
import { CategoricalCrossentropy as CategoricalCrossentropyLoss, type Loss } from "../losses/index.js";
import { LossMetric } from "./loss-metric.js";
import { type Direction, type MetricOptions, metricFields } from "./metric.js";

export interface CategoricalCrossentropyOptions extends MetricOptions {
  /** Predictions are logits instead of probabilities. Default false. */
  readonly fromLogits?: boolean;
  /** Moves labels towards the uniform distribution, 0 to 1. Default 0. */
  readonly labelSmoothing?: number;
  /** Axis of the classes. Default -1. */
  readonly axis?: number;
}

/** The mean crossentropy of one-hot labels. */
export class CategoricalCrossentropy extends LossMetric<CategoricalCrossentropyOptions> {
  static override readonly className: string = "CategoricalCrossentropy";
  static readonly fields: Fields<CategoricalCrossentropyOptions> = {
    ...metricFields("categorical_crossentropy"),
    fromLogits: bool(false),
    labelSmoothing: float({ min: 0, max: 1 }, { default: 0 }),
    axis: int({}, { default: -1 }),
  };
  readonly direction: Direction = "min";
  protected readonly loss: Loss = new CategoricalCrossentropyLoss({
    fromLogits: this.options.fromLogits,
    labelSmoothing: this.options.labelSmoothing,
    axis: this.options.axis,
  });
}

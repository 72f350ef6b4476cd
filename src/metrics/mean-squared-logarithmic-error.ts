import type { Fields } from "../core/options.js";
import { type Loss, MeanSquaredLogarithmicError as MeanSquaredLogarithmicErrorLoss } from "../losses/index.js";
import { LossMetric } from "./loss-metric.js";
import { type Direction, type MetricOptions, metricFields } from "./metric.js";

/** The mean of squared differences of `log(1 + x)`. */
export class MeanSquaredLogarithmicError extends LossMetric {
  static override readonly className: string = "MeanSquaredLogarithmicError";
  static readonly fields: Fields<MetricOptions> = metricFields("mean_squared_logarithmic_error");
  readonly direction: Direction = "min";
  protected readonly loss: Loss = new MeanSquaredLogarithmicErrorLoss();
}

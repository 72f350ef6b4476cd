import type { Fields } from "../core/options.js";
import { type Loss, MeanSquaredError as MeanSquaredErrorLoss } from "../losses/index.js";
import { LossMetric } from "./loss-metric.js";
import { type Direction, type MetricOptions, metricFields } from "./metric.js";

/** The mean of squared differences. */
export class MeanSquaredError extends LossMetric {
  static override readonly className: string = "MeanSquaredError";
  static readonly fields: Fields<MetricOptions> = metricFields("mean_squared_error");
  readonly direction: Direction = "min";
  protected readonly loss: Loss = new MeanSquaredErrorLoss();
}

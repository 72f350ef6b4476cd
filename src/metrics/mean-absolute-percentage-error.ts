import type { Fields } from "../core/options.js";
import { type Loss, MeanAbsolutePercentageError as MeanAbsolutePercentageErrorLoss } from "../losses/index.js";
import { LossMetric } from "./loss-metric.js";
import { type Direction, type MetricOptions, metricFields } from "./metric.js";

/** The mean of absolute differences in percent of the labels. */
export class MeanAbsolutePercentageError extends LossMetric {
  static override readonly className: string = "MeanAbsolutePercentageError";
  static readonly fields: Fields<MetricOptions> = metricFields("mean_absolute_percentage_error");
  readonly direction: Direction = "min";
  protected readonly loss: Loss = new MeanAbsolutePercentageErrorLoss();
}

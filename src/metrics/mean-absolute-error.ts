import type { Fields } from "../core/options.js";
import { type Loss, MeanAbsoluteError as MeanAbsoluteErrorLoss } from "../losses/index.js";
import { LossMetric } from "./loss-metric.js";
import { type Direction, type MetricOptions, metricFields } from "./metric.js";

/** The mean of absolute differences. */
export class MeanAbsoluteError extends LossMetric {
  static override readonly className: string = "MeanAbsoluteError";
  static readonly fields: Fields<MetricOptions> = metricFields("mean_absolute_error");
  readonly direction: Direction = "min";
  protected readonly loss: Loss = new MeanAbsoluteErrorLoss();
}

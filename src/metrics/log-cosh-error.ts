import type { Fields } from "../core/options.js";
import { LogCosh, type Loss } from "../losses/index.js";
import { LossMetric } from "./loss-metric.js";
import { type Direction, type MetricOptions, metricFields } from "./metric.js";

/** The mean of the logarithm of the hyperbolic cosine of differences. */
export class LogCoshError extends LossMetric {
  static override readonly className: string = "LogCoshError";
  static readonly fields: Fields<MetricOptions> = metricFields("logcosh");
  readonly direction: Direction = "min";
  protected readonly loss: Loss = new LogCosh();
}

import type { Fields } from "../core/options.js";
import { type Loss, SquaredHinge as SquaredHingeLoss } from "../losses/index.js";
import { LossMetric } from "./loss-metric.js";
import { type Direction, type MetricOptions, metricFields } from "./metric.js";

/** The mean of the squared hinge loss, labels -1 or 1 (0 counts as -1). */
export class SquaredHinge extends LossMetric {
  static override readonly className: string = "SquaredHinge";
  static readonly fields: Fields<MetricOptions> = metricFields("squared_hinge");
  readonly direction: Direction = "min";
  protected readonly loss: Loss = new SquaredHingeLoss();
}

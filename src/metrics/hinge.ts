import type { Fields } from "../core/options.js";
import { Hinge as HingeLoss, type Loss } from "../losses/index.js";
import { LossMetric } from "./loss-metric.js";
import { type Direction, type MetricOptions, metricFields } from "./metric.js";

/** The mean of `max(1 - label * prediction, 0)`, labels -1 or 1 (0 counts as -1). */
export class Hinge extends LossMetric {
  static override readonly className: string = "Hinge";
  static readonly fields: Fields<MetricOptions> = metricFields("hinge");
  readonly direction: Direction = "min";
  protected readonly loss: Loss = new HingeLoss();
}

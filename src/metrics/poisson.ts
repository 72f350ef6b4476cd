import type { Fields } from "../core/options.js";
import { type Loss, Poisson as PoissonLoss } from "../losses/index.js";
import { LossMetric } from "./loss-metric.js";
import { type Direction, type MetricOptions, metricFields } from "./metric.js";

/** The mean of Poisson's loss `prediction - label * log(prediction)`. */
export class Poisson extends LossMetric {
  static override readonly className: string = "Poisson";
  static readonly fields: Fields<MetricOptions> = metricFields("poisson");
  readonly direction: Direction = "min";
  protected readonly loss: Loss = new PoissonLoss();
}

import type { Fields } from "../core/options.js";
import { CategoricalHinge as CategoricalHingeLoss, type Loss } from "../losses/index.js";
import { LossMetric } from "./loss-metric.js";
import { type Direction, type MetricOptions, metricFields } from "./metric.js";

/** The mean of the hinge loss between the right class and the best wrong one (one-hot labels). */
export class CategoricalHinge extends LossMetric {
  static override readonly className: string = "CategoricalHinge";
  static readonly fields: Fields<MetricOptions> = metricFields("categorical_hinge");
  readonly direction: Direction = "min";
  protected readonly loss: Loss = new CategoricalHingeLoss();
}

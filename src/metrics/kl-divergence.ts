import type { Fields } from "../core/options.js";
import { KLDivergence as KLDivergenceLoss, type Loss } from "../losses/index.js";
import { LossMetric } from "./loss-metric.js";
import { type Direction, type MetricOptions, metricFields } from "./metric.js";

/** Kullback and Leibler's divergence of predicted distributions from the labels'. */
export class KLDivergence extends LossMetric {
  static override readonly className: string = "KLDivergence";
  static readonly fields: Fields<MetricOptions> = metricFields("kl_divergence");
  readonly direction: Direction = "min";
  protected readonly loss: Loss = new KLDivergenceLoss();
}

import { type Fields, int } from "../core/options.js";
import type { Json } from "../core/stateful.js";
import type { Value } from "../graph/value.js";
import { CosineSimilarity as CosineSimilarityLoss } from "../losses/index.js";
import * as ops from "../ops/index.js";
import { MeanOfValues } from "./mean-base.js";
import { type Direction, type MetricOptions, metricFields } from "./metric.js";

export interface CosineSimilarityOptions extends MetricOptions {
  /** Along which vectors lie. Default -1. */
  readonly axis?: number;
}

/** The mean cosine between labels and predictions. */
export class CosineSimilarity extends MeanOfValues<CosineSimilarityOptions> {
  static override readonly className: string = "CosineSimilarity";
  static readonly fields: Fields<CosineSimilarityOptions> = {
    ...metricFields("cosine_similarity"),
    axis: int({}, { default: -1 }),
  };
  readonly direction: Direction = "max";
  readonly #loss = new CosineSimilarityLoss({ axis: this.options.axis });

  values(yTrue: Value, yPred: Value): Value {
    return ops.neg(this.#loss.call(yTrue, yPred));
  }

  /** As Keras, which does not write the axis; another than the default is written, so that it is not lost. */
  override getConfig(): Record<string, Json> {
    const { axis, ...config } = super.getConfig();
    return axis === -1 ? config : { ...config, axis: axis as Json };
  }
}

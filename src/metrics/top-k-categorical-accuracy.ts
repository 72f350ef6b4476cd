import { type Fields, int } from "../core/options.js";
import type { Value } from "../graph/value.js";
import * as ops from "../ops/index.js";
import { inTopK } from "./in-top-k.js";
import { MeanOfValues } from "./mean-base.js";
import { type Direction, type MetricOptions, metricFields } from "./metric.js";

export interface TopKCategoricalAccuracyOptions extends MetricOptions {
  /** Default 5. */
  readonly k?: number;
}

/** How often the label (one-hot) is among the k largest predictions. */
export class TopKCategoricalAccuracy extends MeanOfValues<TopKCategoricalAccuracyOptions> {
  static override readonly className: string = "TopKCategoricalAccuracy";
  static readonly fields: Fields<TopKCategoricalAccuracyOptions> = {
    ...metricFields("top_k_categorical_accuracy"),
    k: int({ min: 1 }, { default: 5 }),
  };
  readonly direction: Direction = "max";

  values(yTrue: Value, yPred: Value): Value {
    return inTopK(ops.argmax(ops.cast(yTrue, "float32"), -1), yPred, this.options.k);
  }
}

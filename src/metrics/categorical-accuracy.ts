import type { Fields } from "../core/options.js";
import type { Value } from "../graph/value.js";
import * as ops from "../ops/index.js";
import { MeanOfValues } from "./mean-base.js";
import { type Direction, type MetricOptions, metricFields } from "./metric.js";

/** How often the class with the largest prediction is that of the label (one-hot). */
export class CategoricalAccuracy extends MeanOfValues {
  static override readonly className: string = "CategoricalAccuracy";
  static readonly fields: Fields<MetricOptions> = metricFields("categorical_accuracy");
  readonly direction: Direction = "max";

  values(yTrue: Value, yPred: Value): Value {
    const labels = ops.argmax(ops.cast(yTrue, "float32"), -1);
    return ops.cast(ops.equal(labels, ops.argmax(yPred, -1)), "float32");
  }
}

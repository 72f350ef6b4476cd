import type { Fields } from "../core/options.js";
import type { Value } from "../graph/value.js";
import * as ops from "../ops/index.js";
import { MeanOfValues } from "./mean-base.js";
import { type Direction, type MetricOptions, metricFields } from "./metric.js";
import { sparseLabels } from "./sparse-labels.js";

/** How often the class with the largest prediction is the label (a class number). */
export class SparseCategoricalAccuracy extends MeanOfValues {
  static override readonly className: string = "SparseCategoricalAccuracy";
  static readonly fields: Fields<MetricOptions> = metricFields("sparse_categorical_accuracy");
  readonly direction: Direction = "max";

  values(yTrue: Value, yPred: Value): Value {
    const matches = ops.equal(sparseLabels(yTrue, yPred), ops.argmax(yPred, -1));
    return ops.cast(
      matches.shape.length > 1 && matches.shape.at(-1) === 1 ? ops.squeeze(matches, -1) : matches,
      "float32",
    );
  }
}

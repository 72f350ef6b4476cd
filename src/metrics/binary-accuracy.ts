import { type Fields, float } from "../core/options.js";
import type { Value } from "../graph/value.js";
import { alignRanks } from "../losses/align.js";
import * as ops from "../ops/index.js";
import { MeanOfValues } from "./mean-base.js";
import { type Direction, type MetricOptions, metricFields } from "./metric.js";

export interface BinaryAccuracyOptions extends MetricOptions {
  /** A prediction above it counts as 1. Default 0.5. */
  readonly threshold?: number;
}

/** How often predictions, rounded to 0 or 1 at a threshold, equal the labels. */
export class BinaryAccuracy extends MeanOfValues<BinaryAccuracyOptions> {
  static override readonly className: string = "BinaryAccuracy";
  static readonly fields: Fields<BinaryAccuracyOptions> = {
    ...metricFields("binary_accuracy"),
    threshold: float({}, { default: 0.5 }),
  };
  readonly direction: Direction = "max";

  values(yTrue: Value, yPred: Value): Value {
    const [labels, predictions] = alignRanks(ops.cast(yTrue, "float32"), yPred);
    const decided = ops.cast(ops.greater(predictions, this.options.threshold), "float32");
    return ops.cast(ops.equal(labels, decided), "float32");
  }
}

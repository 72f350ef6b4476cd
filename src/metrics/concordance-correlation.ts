import type { Fields } from "../core/options.js";
import type { Value } from "../graph/value.js";
import { alignRanks, asFloat, EPSILON } from "../losses/align.js";
import * as ops from "../ops/index.js";
import { type CorrelationOptions, correlationAxis, correlationFields } from "./correlation.js";
import { MeanOfValues } from "./mean-base.js";
import type { Direction } from "./metric.js";

/** The mean concordance (Lin 1989, in Keras's form) of each row's labels and predictions. */
export class ConcordanceCorrelation extends MeanOfValues<CorrelationOptions> {
  static override readonly className: string = "ConcordanceCorrelation";
  static readonly fields: Fields<CorrelationOptions> = correlationFields("concordance_correlation");
  readonly direction: Direction = "max";

  /** @throws {ShapeError} when the axis is that of the rows */
  values(yTrue: Value, yPred: Value): Value {
    const [labels, predictions] = alignRanks(asFloat(yTrue), asFloat(yPred));
    const axis = correlationAxis(this.name, this.options.axis, predictions.shape);
    const along = { axes: [axis], keepDims: true };
    const labelMean = ops.mean(labels, along);
    const predictionMean = ops.mean(predictions, along);
    // Keras centres the labels on the mean of the predictions here.
    const product = ops.multiply(ops.subtract(labels, predictionMean), ops.subtract(predictions, predictionMean));
    const spread = ops.add(ops.variance(labels, along), ops.variance(predictions, along));
    const norm = ops.add(spread, ops.square(ops.subtract(labelMean, predictionMean)));
    return ops.mean(ops.divide(ops.multiply(2, product), ops.add(norm, EPSILON)), { axes: [axis] });
  }
}

import type { Fields } from "../core/options.js";
import type { Value } from "../graph/value.js";
import { alignRanks, asFloat } from "../losses/align.js";
import * as ops from "../ops/index.js";
import { type CorrelationOptions, correlationAxis, correlationFields } from "./correlation.js";
import { MeanOfValues } from "./mean-base.js";
import type { Direction } from "./metric.js";

/** The mean of Pearson's correlation of each row's labels and predictions. */
export class PearsonCorrelation extends MeanOfValues<CorrelationOptions> {
  static override readonly className: string = "PearsonCorrelation";
  static readonly fields: Fields<CorrelationOptions> = correlationFields("pearson_correlation");
  readonly direction: Direction = "max";

  /** @throws {ShapeError} when the axis is that of the rows */
  values(yTrue: Value, yPred: Value): Value {
    const [labels, predictions] = alignRanks(asFloat(yTrue), asFloat(yPred));
    const axis = correlationAxis(this.name, this.options.axis, predictions.shape);
    const along = { axes: [axis], keepDims: true };
    const unit = (x: Value): Value => {
      const centred = ops.subtract(x, ops.mean(x, along));
      return ops.divide(centred, ops.sqrt(ops.variance(centred, along)));
    };
    return ops.mean(ops.multiply(unit(labels), unit(predictions)), { axes: [axis] });
  }
}

import type { Fields } from "../core/options.js";
import type { Variable } from "../engine/variable.js";
import type { Value } from "../graph/value.js";
import { alignRanks, asFloat } from "../losses/align.js";
import * as ops from "../ops/index.js";
import { MeanOfValues } from "./mean-base.js";
import { type Direction, type MetricContext, type MetricOptions, metricFields } from "./metric.js";

/** The root of the mean of squared differences. */
export class RootMeanSquaredError extends MeanOfValues {
  static override readonly className: string = "RootMeanSquaredError";
  static readonly fields: Fields<MetricOptions> = metricFields("root_mean_squared_error");
  readonly direction: Direction = "min";

  values(yTrue: Value, yPred: Value): Value {
    const [labels, predictions] = alignRanks(asFloat(yTrue), asFloat(yPred));
    return ops.square(ops.subtract(predictions, labels));
  }

  /** Keras leaves masks of predictions out here. */
  override update(yTrue: Value, yPred: Value, weights: Value | null, { rows }: MetricContext): Map<Variable, Value> {
    return super.update(yTrue, yPred, weights, { rows });
  }

  override result(): number {
    return Math.sqrt(super.result());
  }
}

import type { Variable } from "../engine/variable.js";
import type { Value } from "../graph/value.js";
import type { Loss } from "../losses/index.js";
import * as ops from "../ops/index.js";
import { MeanOfValues } from "./mean-base.js";
import type { MetricContext, MetricOptions } from "./metric.js";
import { maskedWeights, rowWeights } from "./samplewise.js";

/** The mean of a loss over rows. */
export abstract class LossMetric<O extends MetricOptions = MetricOptions> extends MeanOfValues<O> {
  protected abstract readonly loss: Loss;

  values(yTrue: Value, yPred: Value): Value {
    return this.loss.call(yTrue, yPred);
  }

  /** As in Keras, what a loss leaves out (`ignoreClass`) lowers the weights, if there are any. */
  override update(
    yTrue: Value,
    yPred: Value,
    sampleWeight: Value | null,
    context: MetricContext,
  ): Map<Variable, Value> {
    const given = maskedWeights(sampleWeight, context);
    const mask = given === null ? null : this.loss.mask(yTrue, yPred);
    const weights = given && mask ? ops.multiply(rowWeights(given, mask), ops.cast(mask, "float32")) : given;
    return this.accumulate(this.values(yTrue, yPred), weights, context);
  }
}

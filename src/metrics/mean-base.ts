import type { Variable } from "../engine/variable.js";
import type { Value } from "../graph/value.js";
import * as ops from "../ops/index.js";
import { Metric, type MetricContext, type MetricOptions } from "./metric.js";
import { maskedWeights, samplewise } from "./samplewise.js";
import { plus, wholeSum } from "./whole.js";

/** What all weighted means share. */
export abstract class MeanBase<O extends MetricOptions = MetricOptions> extends Metric<O> {
  readonly #total: Variable = this.addVariable("total", []);
  readonly #count: Variable = this.addVariable("count", []);

  /** What values of a batch add: their weighted sum, and the sum of the weights (the rows, without weights). */
  accumulate(values: Value, sampleWeight: Value | null, context: MetricContext): Map<Variable, Value> {
    const rowwise = samplewise(values, sampleWeight, "mean");
    const count = rowwise.weights === null ? rowsOf(rowwise.values, context) : wholeSum(rowwise.weights);
    return new Map([plus(this.#total, wholeSum(rowwise.values)), plus(this.#count, count)]);
  }

  /** 0 before the first value. */
  result(): number {
    const count = this.#count.read().item();
    return count === 0 ? 0 : this.#total.read().item() / count;
  }
}

/** Rows of the whole batch in a value: k times those of the batch for a first dimension of -k. */
function rowsOf({ shape }: Value, { rows }: MetricContext): Value {
  const first = shape[0] ?? 1;
  return first < 0 ? ops.multiply(rows, -first) : ops.multiply(ops.constant(1), first);
}

/** A mean of values that a function of labels and predictions gives. */
export abstract class MeanOfValues<O extends MetricOptions = MetricOptions> extends MeanBase<O> {
  /** One value for each row, or for each leading element of a row. */
  abstract values(yTrue: Value, yPred: Value): Value;

  update(yTrue: Value, yPred: Value, sampleWeight: Value | null, context: MetricContext): Map<Variable, Value> {
    const weights = maskedWeights(sampleWeight, context);
    return this.accumulate(this.values(yTrue, yPred), weights, context);
  }
}

import type { Fields } from "../core/options.js";
import type { Variable } from "../engine/variable.js";
import type { Value } from "../graph/value.js";
import { type Confusion, confusion } from "./confusion.js";
import { type Direction, Metric, type MetricOptions, type MetricResult, metricFields } from "./metric.js";
import { isEven, type Thresholds, thresholdList, thresholdsField } from "./thresholds.js";
import { plus } from "./whole.js";

export interface ConditionCountOptions extends MetricOptions {
  /** One threshold in [0, 1], or several with a result for each. Default 0.5. */
  readonly thresholds?: Thresholds;
}

export const conditionCountFields = (): Fields<ConditionCountOptions> => ({
  ...metricFields(null),
  thresholds: thresholdsField,
});

/** What the four counts of a confusion matrix share. */
export abstract class ConditionCount extends Metric<ConditionCountOptions> {
  readonly direction: Direction = null;
  protected abstract readonly condition: keyof Confusion;
  readonly #thresholds = thresholdList(this.options.thresholds, 0.5);
  readonly #accumulator = this.addVariable("accumulator", [this.#thresholds.length]);

  update(yTrue: Value, yPred: Value, sampleWeight: Value | null): Map<Variable, Value> {
    const thresholds = this.#thresholds;
    const counts = confusion(yTrue, yPred, sampleWeight, { thresholds, even: isEven(thresholds) });
    return new Map([plus(this.#accumulator, counts[this.condition])]);
  }

  result(): MetricResult {
    const counts = Array.from(this.#accumulator.data);
    return counts.length === 1 ? counts[0]! : counts;
  }
}

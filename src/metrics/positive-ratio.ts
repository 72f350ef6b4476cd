import { snakeCase } from "../core/names.js";
import { type Fields, int, nullable } from "../core/options.js";
import type { Variable } from "../engine/variable.js";
import type { Value } from "../graph/value.js";
import { type Confusion, confusion } from "./confusion.js";
import { ratio } from "./curve.js";
import { type Direction, Metric, type MetricOptions, type MetricResult, metricFields } from "./metric.js";
import { isEven, NEVER, type Thresholds, thresholdList, thresholdsField } from "./thresholds.js";
import { plus } from "./whole.js";

export interface RatioOptions extends MetricOptions {
  /** One threshold in [0, 1], or several with a result for each. Default 0.5, or none with `topK`. */
  readonly thresholds?: Thresholds;
  /** Count only the k largest predictions of a row as positive. Default null. */
  readonly topK?: number | null;
  /** Count only this class. Default null: all. */
  readonly classId?: number | null;
}

export const ratioFields = (): Fields<RatioOptions> => ({
  ...metricFields(null),
  thresholds: thresholdsField,
  topK: nullable(int({ min: 1 })),
  classId: nullable(int({ min: 0 })),
});

/** What precision and recall share: true positives beside another count. */
export abstract class PositiveRatio extends Metric<RatioOptions> {
  readonly direction: Direction = "max";
  readonly #other: keyof Confusion;
  readonly #thresholds = thresholdList(this.options.thresholds, this.options.topK === null ? 0.5 : NEVER);
  readonly #truePositives = this.addVariable("true_positives", [this.#thresholds.length]);
  readonly #others: Variable;

  constructor(other: keyof Confusion, options: RatioOptions | undefined) {
    super(options);
    this.#other = other;
    this.#others = this.addVariable(snakeCase(other), [this.#thresholds.length]);
  }

  update(yTrue: Value, yPred: Value, sampleWeight: Value | null): Map<Variable, Value> {
    const { topK, classId } = this.options;
    const thresholds = this.#thresholds;
    const counts = confusion(yTrue, yPred, sampleWeight, { thresholds, even: isEven(thresholds), topK, classId });
    return new Map([plus(this.#truePositives, counts.truePositives), plus(this.#others, counts[this.#other])]);
  }

  result(): MetricResult {
    const others = this.#others.data;
    const ratios = Array.from(this.#truePositives.data, (count, i) => ratio(count, count + others[i]!));
    return ratios.length === 1 ? ratios[0]! : ratios;
  }
}

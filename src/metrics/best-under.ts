import { type Fields, float, int, nullable, type Resolved } from "../core/options.js";
import type { Variable } from "../engine/variable.js";
import type { Value } from "../graph/value.js";
import { confusion } from "./confusion.js";
import { type CurveCounts, ratio } from "./curve.js";
import { type Direction, Metric, type MetricOptions, metricFields } from "./metric.js";
import { evenThresholds } from "./thresholds.js";
import { plus } from "./whole.js";

export interface BestUnderOptions extends MetricOptions {
  /** Thresholds that are tried, spread evenly over [0, 1]. Default 200. */
  readonly numThresholds?: number;
  /** Count only this class. Default null: all. */
  readonly classId?: number | null;
}

export const bestUnderFields = (): Fields<BestUnderOptions> => ({
  ...metricFields(null),
  numThresholds: int({ min: 1 }, { default: 200 }),
  classId: nullable(int({ min: 0 })),
});

/** The field of the bound, 0 to 1. */
export const bound: ReturnType<typeof float> = float({ min: 0, max: 1 });

const COUNTS = [
  ["truePositives", "true_positives"],
  ["falsePositives", "false_positives"],
  ["trueNegatives", "true_negatives"],
  ["falseNegatives", "false_negatives"],
] as const satisfies readonly (readonly [keyof CurveCounts, string])[];

/** Ratios of counts, one for each threshold. */
export const RATIOS = {
  /** Recall, true positive rate. */
  sensitivity: (c: CurveCounts): number[] => c.truePositives.map((tp, i) => ratio(tp, tp + c.falseNegatives[i]!)),
  specificity: (c: CurveCounts): number[] => c.trueNegatives.map((tn, i) => ratio(tn, tn + c.falsePositives[i]!)),
  precision: (c: CurveCounts): number[] => c.truePositives.map((tp, i) => ratio(tp, tp + c.falsePositives[i]!)),
};

/** Base of "best X at Y": the largest X over the thresholds at which Y reaches a bound. */
export abstract class BestUnder<O extends BestUnderOptions> extends Metric<O> {
  readonly direction: Direction = "max";
  protected abstract readonly best: keyof typeof RATIOS;
  protected abstract readonly bounded: keyof typeof RATIOS;
  /** What `bounded` must reach. */
  protected abstract readonly least: number;
  readonly #thresholds = evenThresholds(this.#own.numThresholds);
  readonly #counts = COUNTS.map(([key, name]) => [key, this.addVariable(name, [this.#thresholds.length])] as const);

  update(yTrue: Value, yPred: Value, sampleWeight: Value | null): Map<Variable, Value> {
    const thresholds = this.#thresholds;
    // Keras sorts two thresholds, too, into buckets here.
    const options = { thresholds, even: thresholds.length > 1, classId: this.#own.classId };
    const counts = confusion(yTrue, yPred, sampleWeight, options);
    return new Map(this.#counts.map(([key, variable]) => plus(variable, counts[key])));
  }

  /** 0 where no threshold reaches the bound. */
  result(): number {
    const counts = Object.fromEntries(
      this.#counts.map(([key, variable]) => [key, Array.from(variable.data)]),
    ) as unknown as CurveCounts;
    const bounded = RATIOS[this.bounded](counts);
    return RATIOS[this.best](counts).reduce(
      (best, value, i) => (bounded[i]! >= this.least ? Math.max(best, value) : best),
      0,
    );
  }

  get #own(): Resolved<BestUnderOptions> {
    return this.options as unknown as Resolved<BestUnderOptions>;
  }
}

import { OptionError, ShapeError } from "../core/errors.js";
import { bool, type Field, type Fields, float, int, nullable, oneOf, wrongOption } from "../core/options.js";
import { isConfig } from "../core/parts.js";
import { formatShape } from "../core/shape.js";
import type { Json } from "../core/stateful.js";
import type { Variable } from "../engine/variable.js";
import type { Dims, Value } from "../graph/value.js";
import * as ops from "../ops/index.js";
import { type Confusion, confusion } from "./confusion.js";
import { areaUnder, type Curve, type CurveCounts, ratio, type Summation } from "./curve.js";
import { type Direction, Metric, type MetricOptions, metricFields } from "./metric.js";
import { evenThresholds, isEven } from "./thresholds.js";
import { plus } from "./whole.js";

export interface AucOptions extends MetricOptions {
  /** Points of the curve, at least 2. Default 200. */
  readonly numThresholds?: number;
  /** Default "ROC". */
  readonly curve?: Curve;
  /** Heights of the strips under the curve. Default "interpolation". */
  readonly summationMethod?: Summation;
  /** The thresholds themselves, in (0, 1), instead of `numThresholds`. Default null. */
  readonly thresholds?: readonly number[] | null;
  /** The mean of the areas of each label (last axis). Default false. */
  readonly multiLabel?: boolean;
  /** Number of labels, for `multiLabel`. Default null: as the predictions have. */
  readonly numLabels?: number | null;
  /** Weights of the labels in that mean, or of the last axis in the counts. Default null. */
  readonly labelWeights?: readonly number[] | null;
  /** Predictions are logits instead of probabilities. Default false. */
  readonly fromLogits?: boolean;
}

const numbers = (range: { min?: number; max?: number }): Field<readonly number[]> => {
  const parse = (value: unknown, where: string): number[] => {
    if (!Array.isArray(value)) throw wrongOption(where, "a list of numbers", value);
    return value.map((item) => float(range).parse(item, where));
  };
  return {
    parse,
    // Keras writes lists that it keeps as tensors as `{ class_name: "__tensor__", config: { value, dtype } }`.
    fromConfig(json, where) {
      const config = isConfig(json) ? json["config"] : undefined;
      return parse(isConfig(config) ? config["value"] : json, where);
    },
  };
};

const COUNTS = [
  ["truePositives", "true_positives"],
  ["falsePositives", "false_positives"],
  ["trueNegatives", "true_negatives"],
  ["falseNegatives", "false_negatives"],
] as const satisfies readonly (readonly [keyof Confusion, string])[];

/** The area under the ROC or a precision-recall curve, from counts at many thresholds. */
export class AUC extends Metric<AucOptions> {
  static override readonly className: string = "AUC";
  static readonly fields: Fields<AucOptions> = {
    ...metricFields(null),
    numThresholds: int({ min: 2 }, { default: 200 }),
    curve: oneOf(["ROC", "PR", "PRGAIN"], { default: "ROC" }),
    summationMethod: oneOf(["interpolation", "minoring", "majoring"], { default: "interpolation" }),
    multiLabel: bool(false),
    numLabels: nullable(int({ min: 1 })),
    labelWeights: nullable(numbers({ min: 0 })),
    fromLogits: bool(false),
    thresholds: nullable(numbers({ min: 0, max: 1 })),
  };
  readonly direction: Direction = "max";
  readonly #thresholds: readonly number[];
  readonly #even: boolean;
  #counts: ReadonlyMap<keyof Confusion, Variable> | null = null;

  constructor(options: AucOptions = {}) {
    super(options);
    const { thresholds, numThresholds, multiLabel, numLabels } = this.options;
    const inner =
      thresholds === null ? evenThresholds(numThresholds).slice(1, -1) : [...thresholds].sort((a, b) => a - b);
    this.#even = thresholds === null || isEven([0, ...inner, 1]);
    // Just outside of [0, 1], so that the ends of the curve count every prediction and none.
    this.#thresholds = [-1e-7, ...inner, 1 + 1e-7];
    if (numLabels !== null && !multiLabel) {
      throw new OptionError({
        code: "auc-labels",
        what: "AUC.numLabels is only used with multiLabel: true",
        received: `numLabels: ${numLabels}`,
        fix: "Set multiLabel: true or leave numLabels out",
      });
    }
    if (!multiLabel) this.#makeCounts([]);
    else if (numLabels !== null) this.#makeCounts([numLabels]);
  }

  override build(yPred: Dims): void {
    if (this.#counts === null) this.#makeCounts([labelsOf(yPred)]);
  }

  update(yTrue: Value, yPred: Value, sampleWeight: Value | null): Map<Variable, Value> {
    const { multiLabel, labelWeights, fromLogits } = this.options;
    this.build(yPred.shape);
    const counts = confusion(yTrue, fromLogits ? ops.sigmoid(yPred) : yPred, sampleWeight, {
      thresholds: this.#thresholds,
      even: this.#even,
      multiLabel,
      labelWeights: multiLabel ? null : labelWeights,
    });
    return new Map([...this.#counts!].map(([key, variable]) => plus(variable, counts[key])));
  }

  /** 0 before the first batch. */
  result(): number {
    if (this.#counts === null) return 0;
    const { curve, summationMethod, multiLabel, labelWeights } = this.options;
    const labels = this.#counts.get("truePositives")!.shape[1] ?? 1;
    const areas = Array.from({ length: labels }, (_, label) =>
      areaUnder(this.#column(label, labels), curve, summationMethod),
    );
    if (!multiLabel) return areas[0]!;
    const weights = labelWeights ?? areas.map(() => 1);
    const sum = areas.reduce((total, area, label) => total + area * weights[label]!, 0);
    return ratio(
      sum,
      weights.reduce((a, b) => a + b, 0),
    );
  }

  /** As Keras: thresholds only where they were given, and `num_thresholds` counts the two ends. */
  override getConfig(): Record<string, Json> {
    const { thresholds, ...config } = super.getConfig();
    const count = { num_thresholds: this.#thresholds.length };
    return thresholds === null ? { ...config, ...count } : { ...config, ...count, thresholds: thresholds as Json };
  }

  #makeCounts(labels: readonly number[]): void {
    const shape = [this.#thresholds.length, ...labels];
    this.#counts = new Map(COUNTS.map(([key, name]) => [key, this.addVariable(name, shape)]));
  }

  #column(label: number, labels: number): CurveCounts {
    const column = (key: keyof Confusion): number[] =>
      Array.from(this.#counts!.get(key)!.data).filter((_, i) => i % labels === label);
    return {
      truePositives: column("truePositives"),
      falsePositives: column("falsePositives"),
      trueNegatives: column("trueNegatives"),
      falseNegatives: column("falseNegatives"),
    };
  }
}

function labelsOf(shape: Dims): number {
  const labels = shape[1];
  if (shape.length === 2 && labels !== undefined && labels > 0) return labels;
  throw new ShapeError({
    code: "auc-shape",
    what: "AUC with multiLabel needs predictions of shape (rows, labels)",
    received: `shape ${formatShape(shape)}`,
  });
}

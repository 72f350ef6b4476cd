import { ShapeError } from "../core/errors.js";
import { type Fields, float, nullable, oneOf, type Resolved } from "../core/options.js";
import { formatShape } from "../core/shape.js";
import type { Variable } from "../engine/variable.js";
import type { Dims, Value } from "../graph/value.js";
import { asFloat, EPSILON } from "../losses/align.js";
import * as ops from "../ops/index.js";
import { type Direction, Metric, type MetricOptions, type MetricResult, metricFields } from "./metric.js";
import { rowWeights } from "./samplewise.js";
import { plus, wholeSum } from "./whole.js";

export interface F1ScoreOptions extends MetricOptions {
  /** How the classes become one number; null (the default): one number for each class. */
  readonly average?: "micro" | "macro" | "weighted" | null;
  /** Predictions above it are positive; null (the default): the largest of each row is. */
  readonly threshold?: number | null;
}

export interface FBetaScoreOptions extends F1ScoreOptions {
  /** How much more recall counts than precision. Default 1. */
  readonly beta?: number;
}

export const f1Fields = (name: string): Fields<F1ScoreOptions> => ({
  ...metricFields(name),
  average: nullable(oneOf(["micro", "macro", "weighted"])),
  threshold: nullable(float({ above: 0, max: 1 })),
});

const COUNTS = ["true_positives", "false_positives", "false_negatives", "intermediate_weights"] as const;
type Count = (typeof COUNTS)[number];

/** What the F scores share: `(1 + beta²) * precision * recall / (beta² * precision + recall)`, class by class. */
export abstract class FScore<O extends F1ScoreOptions> extends Metric<O> {
  readonly direction: Direction = "max";
  protected abstract readonly beta: number;
  readonly #average = (this.options as unknown as Resolved<F1ScoreOptions>).average;
  readonly #threshold = (this.options as unknown as Resolved<F1ScoreOptions>).threshold;
  #counts: Record<Count, Variable> | null = null;

  override build(yPred: Dims): void {
    if (yPred.length !== 2) throw this.#wrongShape(`predictions ${formatShape(yPred)}`);
    this.#counts ??= this.#makeCounts(yPred[1]!);
  }

  update(yTrue: Value, yPred: Value, sampleWeight: Value | null): Map<Variable, Value> {
    this.build(yPred.shape);
    if (yTrue.shape.length !== 2) throw this.#wrongShape(`labels ${formatShape(yTrue.shape)}`);
    const counts = this.#counts!;
    const labels = asFloat(yTrue);
    const chosen = ops.cast(this.#choose(yPred), "float32");
    const total = (values: Value): Value => {
      const weighted = sampleWeight === null ? values : ops.multiply(values, rowWeights(sampleWeight, values));
      return this.#average === "micro" ? wholeSum(weighted) : wholeSum(weighted, [0]);
    };
    return new Map([
      plus(counts.true_positives, total(ops.multiply(chosen, labels))),
      plus(counts.false_positives, total(ops.multiply(chosen, ops.subtract(1, labels)))),
      plus(counts.false_negatives, total(ops.multiply(ops.subtract(1, chosen), labels))),
      plus(counts.intermediate_weights, total(labels)),
    ]);
  }

  /** 0 before the first batch. */
  result(): MetricResult {
    const counts = this.#counts;
    if (counts === null) return 0;
    const beta2 = this.beta ** 2;
    const scores = Array.from(counts.true_positives.data, (hits, i) => {
      const precision = hits / (hits + counts.false_positives.data[i]! + EPSILON);
      const recall = hits / (hits + counts.false_negatives.data[i]! + EPSILON);
      return ((precision * recall) / (beta2 * precision + recall + EPSILON)) * (1 + beta2);
    });
    if (this.#average === null) return scores;
    if (this.#average !== "weighted") return scores.reduce((a, b) => a + b, 0) / scores.length;
    const weights = Array.from(counts.intermediate_weights.data);
    const whole = weights.reduce((a, b) => a + b, 0) + EPSILON;
    return scores.reduce((total, score, i) => total + (score * weights[i]!) / whole, 0);
  }

  #choose(yPred: Value): Value {
    if (this.#threshold !== null) return ops.greater(yPred, this.#threshold);
    const largest = ops.max(yPred, { axes: [-1], keepDims: true });
    // A row of zeros predicts no class.
    return ops.logicalAnd(ops.greaterEqual(yPred, largest), ops.greater(ops.abs(yPred), 1e-9));
  }

  #wrongShape(received: string): ShapeError {
    return new ShapeError({
      code: "f-score-shape",
      what: `${this.name} needs labels and predictions of shape (rows, classes)`,
      received,
      fix: "Give one-hot labels",
    });
  }

  #makeCounts(classes: number): Record<Count, Variable> {
    const shape = this.#average === "micro" ? [] : [classes];
    const entries = COUNTS.map((name) => [name, this.addVariable(name, shape)] as const);
    return Object.fromEntries(entries) as Record<Count, Variable>;
  }
}

/** The weighted harmonic mean of precision and recall. */
export class FBetaScore extends FScore<FBetaScoreOptions> {
  static override readonly className: string = "FBetaScore";
  static readonly fields: Fields<FBetaScoreOptions> = {
    ...f1Fields("fbeta_score"),
    beta: float({ above: 0 }, { default: 1 }),
  };
  protected readonly beta: number = this.options.beta;
}

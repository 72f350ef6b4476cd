import { ShapeError } from "../core/errors.js";
import { type Fields, int, nullable, oneOf } from "../core/options.js";
import { formatShape } from "../core/shape.js";
import type { Variable } from "../engine/variable.js";
import type { Dims, Value } from "../graph/value.js";
import { alignRanks, asFloat } from "../losses/align.js";
import * as ops from "../ops/index.js";
import {
  type Direction,
  Metric,
  type MetricContext,
  type MetricOptions,
  type MetricResult,
  metricFields,
} from "./metric.js";
import { rowWeights } from "./samplewise.js";
import { plus, wholeSum } from "./whole.js";

export interface R2ScoreOptions extends MetricOptions {
  /** How the outputs become one number; null: one for each output. Default "uniform_average". */
  readonly classAggregation?: "uniform_average" | "variance_weighted_average" | null;
  /** Independent variables of the model, for the adjusted score; 0 (the default) for the plain one. */
  readonly numRegressors?: number;
}

interface Sums {
  readonly samples: Variable;
  readonly squares: Variable;
  readonly sum: Variable;
  readonly residual: Variable;
  readonly count: Variable;
}

/** The fraction of the labels' variance that predictions explain: 1 - residual / total, for each output. */
export class R2Score extends Metric<R2ScoreOptions> {
  static override readonly className: string = "R2Score";
  static readonly fields: Fields<R2ScoreOptions> = {
    ...metricFields("r2_score"),
    classAggregation: nullable(oneOf(["uniform_average", "variance_weighted_average"]), { default: "uniform_average" }),
    numRegressors: int({ min: 0 }, { default: 0 }),
  };
  readonly direction: Direction = "max";
  #sums: Sums | null = null;

  override build(yPred: Dims): void {
    const outputs = yPred[1];
    if (yPred.length !== 2 || outputs === undefined) {
      throw new ShapeError({
        code: "r2-shape",
        what: `${this.name} needs labels and predictions of shape (rows, outputs)`,
        received: `predictions ${formatShape(yPred)}`,
      });
    }
    this.#sums ??= {
      samples: this.addVariable("num_samples", []),
      squares: this.addVariable("squared_sum", [outputs]),
      sum: this.addVariable("sum", [outputs]),
      residual: this.addVariable("residual", [outputs]),
      count: this.addVariable("count", [outputs]),
    };
  }

  update(yTrue: Value, yPred: Value, sampleWeight: Value | null, { rows }: MetricContext): Map<Variable, Value> {
    const [labels, predictions] = alignRanks(asFloat(yTrue), asFloat(yPred));
    this.build(predictions.shape);
    const sums = this.#sums!;
    const own = sampleWeight === null ? ops.constant(1) : rowWeights(sampleWeight, labels);
    const weights = ops.broadcastTo(own, labels.shape);
    const weighted = ops.multiply(labels, weights);
    const errors = ops.multiply(ops.square(ops.subtract(labels, predictions)), weights);
    return new Map([
      plus(sums.samples, ops.multiply(rows, labels.shape[1]!)),
      plus(sums.squares, wholeSum(ops.multiply(labels, weighted), [0])),
      plus(sums.sum, wholeSum(weighted, [0])),
      plus(sums.residual, wholeSum(errors, [0])),
      plus(sums.count, wholeSum(weights, [0])),
    ]);
  }

  /** 0 before the first batch, and for an output whose labels are all equal. */
  result(): MetricResult {
    const sums = this.#sums;
    if (sums === null || sums.samples.data[0] === 0) return 0;
    const totals = Array.from(sums.squares.data, (squares, i) => {
      const sum = sums.sum.data[i]!;
      return squares - (sum * sum) / sums.count.data[i]!;
    });
    const scores = totals.map((total, i) => (total === 0 ? 0 : 1 - sums.residual.data[i]! / total));
    const { classAggregation } = this.options;
    if (classAggregation === null) return scores.map((score) => this.#adjusted(score, sums));
    const weights = classAggregation === "uniform_average" ? scores.map(() => 1) : totals;
    const whole = weights.reduce((a, b) => a + b, 0);
    return this.#adjusted(scores.reduce((sum, score, i) => sum + score * weights[i]!, 0) / whole, sums);
  }

  /** Keras's adjustment for the number of regressors, where there are samples enough for it. */
  #adjusted(score: number, { samples }: Sums): number {
    const count = samples.data[0]!;
    const regressors = this.options.numRegressors;
    if (regressors === 0 || regressors >= count - 1) return score;
    return 1 - ((1 - score) * (count - 1)) / (count - regressors - 1);
  }
}

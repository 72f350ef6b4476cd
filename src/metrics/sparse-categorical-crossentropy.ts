import { ShapeError } from "../core/errors.js";
import { bool, type Fields, int, nullable } from "../core/options.js";
import { formatShape } from "../core/shape.js";
import type { Variable } from "../engine/variable.js";
import type { Value } from "../graph/value.js";
import { type Loss, SparseCategoricalCrossentropy as SparseCategoricalCrossentropyLoss } from "../losses/index.js";
import * as ops from "../ops/index.js";
import { LossMetric } from "./loss-metric.js";
import { type Direction, type MetricContext, type MetricOptions, metricFields } from "./metric.js";

export interface SparseCategoricalCrossentropyOptions extends MetricOptions {
  /** Predictions are logits instead of probabilities. Default false. */
  readonly fromLogits?: boolean;
  /** Labels of this class count 0. Default null. */
  readonly ignoreClass?: number | null;
  /** Axis of the classes. Default -1. */
  readonly axis?: number;
}

/** The mean crossentropy of labels that are class numbers. */
export class SparseCategoricalCrossentropy extends LossMetric<SparseCategoricalCrossentropyOptions> {
  static override readonly className: string = "SparseCategoricalCrossentropy";
  static readonly fields: Fields<SparseCategoricalCrossentropyOptions> = {
    ...metricFields("sparse_categorical_crossentropy"),
    fromLogits: bool(false),
    ignoreClass: nullable(int()),
    axis: int({}, { default: -1 }),
  };
  readonly direction: Direction = "min";
  protected readonly loss: Loss = new SparseCategoricalCrossentropyLoss({
    fromLogits: this.options.fromLogits,
    ignoreClass: this.options.ignoreClass,
  });

  /** @throws {ShapeError} for an axis that the predictions do not have */
  override update(
    yTrue: Value,
    yPred: Value,
    sampleWeight: Value | null,
    context: MetricContext,
  ): Map<Variable, Value> {
    return super.update(yTrue, this.#classesLast(yPred), sampleWeight, context);
  }

  #classesLast(yPred: Value): Value {
    const { axis } = this.options;
    const rank = yPred.shape.length;
    const from = axis < 0 ? rank + axis : axis;
    if (from < 0 || from >= rank) {
      throw new ShapeError({
        code: "metric-axis",
        what: `${this.name}: the predictions have no axis ${axis}`,
        received: `shape ${formatShape(yPred.shape)}`,
      });
    }
    if (from === rank - 1) return yPred;
    const others = yPred.shape.map((_, i) => i).filter((i) => i !== from);
    return ops.transpose(yPred, [...others, from]);
  }
}

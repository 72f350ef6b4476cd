import { bool, type Fields, float, int } from "../core/options.js";
import type { Value } from "../graph/value.js";
import { multiply, neg, sum } from "../ops/index.js";
import { expectSameShape } from "./align.js";
import { logProbabilities, smoothCategorical } from "./crossentropy.js";
import { type LossOptions, lossFields, PairLoss } from "./loss.js";

export interface CategoricalCrossentropyOptions extends LossOptions {
  /** Predictions are logits, not probabilities. Default false. */
  fromLogits?: boolean;
  /** Moves targets towards the middle, 0 to 1. Default 0. */
  labelSmoothing?: number;
  /** Axis of the classes. Default -1. */
  axis?: number;
}

/** Crossentropy of one-hot targets (or distributions): -sum t log p over the classes. */
export class CategoricalCrossentropy extends PairLoss<CategoricalCrossentropyOptions> {
  static readonly className: string = "CategoricalCrossentropy";
  static readonly fields: Fields<CategoricalCrossentropyOptions> = {
    ...lossFields("categorical_crossentropy"),
    fromLogits: bool(false),
    labelSmoothing: float({ min: 0, max: 1 }, { default: 0 }),
    axis: int({}, { default: -1 }),
  };

  protected override compute(yTrue: Value, yPred: Value): Value {
    const { fromLogits, labelSmoothing, axis } = this.options;
    expectSameShape(
      this.name,
      yTrue,
      yPred,
      "Give one-hot targets, or use SparseCategoricalCrossentropy for class indices",
    );
    const target = smoothCategorical(yTrue, labelSmoothing);
    return neg(sum(multiply(target, logProbabilities(yPred, fromLogits, axis)), { axes: [axis] }));
  }
}

import { bool, type Fields, float, int } from "../core/options.js";
import type { Value } from "../graph/value.js";
import { log, multiply, neg, power, softmax, subtract, sum } from "../ops/index.js";
import { expectSameShape } from "./align.js";
import { probabilities, smoothCategorical } from "./crossentropy.js";
import { type LossOptions, lossFields, PairLoss } from "./loss.js";

export interface CategoricalFocalCrossentropyOptions extends LossOptions {
  /** Default 0.25. */
  alpha?: number;
  /** Default 2. */
  gamma?: number;
  /** Predictions are logits, not probabilities. Default false. */
  fromLogits?: boolean;
  /** Moves targets towards the middle, 0 to 1. Default 0. */
  labelSmoothing?: number;
  /** Axis of the classes. Default -1. */
  axis?: number;
}

/** Crossentropy of one-hot targets with each class times alpha (1 - p)^gamma. Lin et al. 2018, arXiv:1708.02002. */
export class CategoricalFocalCrossentropy extends PairLoss<CategoricalFocalCrossentropyOptions> {
  static readonly className: string = "CategoricalFocalCrossentropy";
  static readonly fields: Fields<CategoricalFocalCrossentropyOptions> = {
    ...lossFields("categorical_focal_crossentropy"),
    alpha: float({}, { default: 0.25 }),
    gamma: float({}, { default: 2 }),
    fromLogits: bool(false),
    labelSmoothing: float({ min: 0, max: 1 }, { default: 0 }),
    axis: int({}, { default: -1 }),
  };

  protected override compute(yTrue: Value, yPred: Value): Value {
    const { alpha, gamma, fromLogits, labelSmoothing, axis } = this.options;
    expectSameShape(
      this.name,
      yTrue,
      yPred,
      "Give one-hot targets, or use SparseCategoricalCrossentropy for class indices",
    );
    const target = smoothCategorical(yTrue, labelSmoothing);
    const p = probabilities(fromLogits ? softmax(yPred, axis) : yPred, axis);
    const factor = multiply(power(subtract(1, p), gamma), alpha);
    return neg(sum(multiply(factor, multiply(target, log(p))), { axes: [axis] }));
  }
}

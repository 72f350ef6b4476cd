import { bool, type Fields, float, int } from "../core/options.js";
import type { Value } from "../graph/value.js";
import { add, mean, multiply, power, sigmoid, subtract } from "../ops/index.js";
import { expectSameShape } from "./align.js";
import { binaryCrossentropy, smoothBinary } from "./crossentropy.js";
import { type LossOptions, lossFields, PairLoss } from "./loss.js";

export interface BinaryFocalCrossentropyOptions extends LossOptions {
  /** Weigh class 1 by alpha and class 0 by 1 - alpha. Default false. */
  applyClassBalancing?: boolean;
  /** Default 0.25. */
  alpha?: number;
  /** Default 2. */
  gamma?: number;
  /** Predictions are logits, not probabilities. Default false. */
  fromLogits?: boolean;
  /** Moves targets towards the middle, 0 to 1. Default 0. */
  labelSmoothing?: number;
  /** Axis of the mean. Default -1. */
  axis?: number;
}

/** Binary crossentropy times (1 - p of the truth)^gamma. Lin et al. 2018, arXiv:1708.02002. */
export class BinaryFocalCrossentropy extends PairLoss<BinaryFocalCrossentropyOptions> {
  static readonly className: string = "BinaryFocalCrossentropy";
  static readonly fields: Fields<BinaryFocalCrossentropyOptions> = {
    ...lossFields("binary_focal_crossentropy"),
    applyClassBalancing: bool(false),
    alpha: float({}, { default: 0.25 }),
    gamma: float({}, { default: 2 }),
    fromLogits: bool(false),
    labelSmoothing: float({ min: 0, max: 1 }, { default: 0 }),
    axis: int({}, { default: -1 }),
  };

  protected override compute(yTrue: Value, yPred: Value): Value {
    const { applyClassBalancing, alpha, gamma, fromLogits, labelSmoothing, axis } = this.options;
    expectSameShape(this.name, yTrue, yPred, "Give a 0 or 1 for every prediction");
    const target = smoothBinary(yTrue, labelSmoothing);
    const p = fromLogits ? sigmoid(yPred) : yPred;
    const other = subtract(1, target);
    const ofTruth = add(multiply(target, p), multiply(other, subtract(1, p)));
    let loss = multiply(power(subtract(1, ofTruth), gamma), binaryCrossentropy(target, p, false));
    if (applyClassBalancing) loss = multiply(add(multiply(target, alpha), multiply(other, 1 - alpha)), loss);
    return mean(loss, { axes: [axis] });
  }
}

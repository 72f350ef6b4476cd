import { bool, type Fields, float, int } from "../core/options.js";
import type { Value } from "../graph/value.js";
import { mean } from "../ops/index.js";
import { expectSameShape } from "./align.js";
import { binaryCrossentropy, smoothBinary } from "./crossentropy.js";
import { type LossOptions, lossFields, PairLoss } from "./loss.js";

export interface BinaryCrossentropyOptions extends LossOptions {
  /** Predictions are logits, not probabilities. Default false. */
  fromLogits?: boolean;
  /** Moves targets towards the middle, 0 to 1. Default 0. */
  labelSmoothing?: number;
  /** Axis of the mean. Default -1. */
  axis?: number;
}

/** Crossentropy of binary targets (0 and 1, or between), mean over an axis. */
export class BinaryCrossentropy extends PairLoss<BinaryCrossentropyOptions> {
  static readonly className: string = "BinaryCrossentropy";
  static readonly fields: Fields<BinaryCrossentropyOptions> = {
    ...lossFields("binary_crossentropy"),
    fromLogits: bool(false),
    labelSmoothing: float({ min: 0, max: 1 }, { default: 0 }),
    axis: int({}, { default: -1 }),
  };

  protected override compute(yTrue: Value, yPred: Value): Value {
    const { fromLogits, labelSmoothing, axis } = this.options;
    expectSameShape(this.name, yTrue, yPred, "Give a 0 or 1 for every prediction");
    return mean(binaryCrossentropy(smoothBinary(yTrue, labelSmoothing), yPred, fromLogits), { axes: [axis] });
  }
}

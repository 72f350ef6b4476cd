import { type Fields, float } from "../core/options.js";
import type { Value } from "../graph/value.js";
import { abs, mean, minimum, multiply, subtract } from "../ops/index.js";
import { LAST } from "./align.js";
import { type LossOptions, lossFields, PairLoss } from "./loss.js";

export interface HuberOptions extends LossOptions {
  /** Largest error that is squared; larger ones count linearly. Default 1. */
  delta?: number;
}

/** Half the squared error up to `delta`, linear beyond; mean over the last axis. */
export class Huber extends PairLoss<HuberOptions> {
  static readonly className: string = "Huber";
  static readonly fields: Fields<HuberOptions> = {
    ...lossFields("huber_loss"),
    delta: float({}, { default: 1 }),
  };

  protected override compute(yTrue: Value, yPred: Value): Value {
    const { delta } = this.options;
    const error = abs(subtract(yPred, yTrue));
    // Written with min(|error|, delta), so that gradients need no second branch.
    const bounded = minimum(error, delta);
    return mean(multiply(bounded, subtract(error, multiply(bounded, 0.5))), LAST);
  }
}

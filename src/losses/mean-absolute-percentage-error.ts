import type { Fields } from "../core/options.js";
import type { Value } from "../graph/value.js";
import { abs, divide, maximum, mean, multiply, subtract } from "../ops/index.js";
import { EPSILON, LAST } from "./align.js";
import { type LossOptions, lossFields, PairLoss } from "./loss.js";

/** 100 mean |(yTrue - yPred) / yTrue| over the last axis, with |yTrue| taken as at least 1e-7. */
export class MeanAbsolutePercentageError extends PairLoss {
  static readonly className: string = "MeanAbsolutePercentageError";
  static readonly fields: Fields<LossOptions> = lossFields("mean_absolute_percentage_error");

  protected override compute(yTrue: Value, yPred: Value): Value {
    const relative = divide(subtract(yTrue, yPred), maximum(abs(yTrue), EPSILON));
    return multiply(mean(abs(relative), LAST), 100);
  }
}

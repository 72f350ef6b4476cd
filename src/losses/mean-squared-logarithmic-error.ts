import type { Fields } from "../core/options.js";
import type { Value } from "../graph/value.js";
import { add, log, maximum, mean, square, subtract } from "../ops/index.js";
import { EPSILON, LAST } from "./align.js";
import { type LossOptions, lossFields, PairLoss } from "./loss.js";

/** mean (log(yTrue + 1) - log(yPred + 1))² over the last axis; values below 1e-7 count as that. */
export class MeanSquaredLogarithmicError extends PairLoss {
  static readonly className: string = "MeanSquaredLogarithmicError";
  static readonly fields: Fields<LossOptions> = lossFields("mean_squared_logarithmic_error");

  protected override compute(yTrue: Value, yPred: Value): Value {
    const logOf = (y: Value): Value => log(add(maximum(y, EPSILON), 1));
    return mean(square(subtract(logOf(yPred), logOf(yTrue))), LAST);
  }
}

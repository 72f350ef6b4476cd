import type { Fields } from "../core/options.js";
import type { Value } from "../graph/value.js";
import { mean, square, subtract } from "../ops/index.js";
import { LAST } from "./align.js";
import { type LossOptions, lossFields, PairLoss } from "./loss.js";

/** mean (yTrue - yPred)² over the last axis. */
export class MeanSquaredError extends PairLoss {
  static readonly className: string = "MeanSquaredError";
  static readonly fields: Fields<LossOptions> = lossFields("mean_squared_error");

  protected override compute(yTrue: Value, yPred: Value): Value {
    return mean(square(subtract(yTrue, yPred)), LAST);
  }
}

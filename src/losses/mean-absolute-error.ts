import type { Fields } from "../core/options.js";
import type { Value } from "../graph/value.js";
import { abs, mean, subtract } from "../ops/index.js";
import { LAST } from "./align.js";
import { type LossOptions, lossFields, PairLoss } from "./loss.js";

/** mean |yTrue - yPred| over the last axis. */
export class MeanAbsoluteError extends PairLoss {
  static readonly className: string = "MeanAbsoluteError";
  static readonly fields: Fields<LossOptions> = lossFields("mean_absolute_error");

  protected override compute(yTrue: Value, yPred: Value): Value {
    return mean(abs(subtract(yTrue, yPred)), LAST);
  }
}

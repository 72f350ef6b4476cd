import type { Fields } from "../core/options.js";
import type { Value } from "../graph/value.js";
import { add, mean, multiply, softplus, subtract } from "../ops/index.js";
import { LAST } from "./align.js";
import { type LossOptions, lossFields, PairLoss } from "./loss.js";

/** mean log(cosh(yPred - yTrue)) over the last axis. */
export class LogCosh extends PairLoss {
  static readonly className: string = "LogCosh";
  static readonly fields: Fields<LossOptions> = lossFields("log_cosh");

  protected override compute(yTrue: Value, yPred: Value): Value {
    const error = subtract(yPred, yTrue);
    return mean(subtract(add(error, softplus(multiply(error, -2))), Math.LN2), LAST);
  }
}

import type { Fields } from "../core/options.js";
import type { Value } from "../graph/value.js";
import { add, log, mean, multiply, subtract } from "../ops/index.js";
import { EPSILON, LAST } from "./align.js";
import { type LossOptions, lossFields, PairLoss } from "./loss.js";

/** mean (yPred - yTrue log(yPred)) over the last axis. */
export class Poisson extends PairLoss {
  static readonly className: string = "Poisson";
  static readonly fields: Fields<LossOptions> = lossFields("poisson");

  protected override compute(yTrue: Value, yPred: Value): Value {
    return mean(subtract(yPred, multiply(yTrue, log(add(yPred, EPSILON)))), LAST);
  }
}

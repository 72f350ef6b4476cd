import type { Fields } from "../core/options.js";
import type { Value } from "../graph/value.js";
import { add, max, maximum, multiply, subtract, sum } from "../ops/index.js";
import { LAST } from "./align.js";
import { type LossOptions, lossFields, PairLoss } from "./loss.js";

/** max(best score of a wrong class - score of the right class + 1, 0); targets one-hot. */
export class CategoricalHinge extends PairLoss {
  static readonly className: string = "CategoricalHinge";
  static readonly fields: Fields<LossOptions> = lossFields("categorical_hinge");

  protected override compute(yTrue: Value, yPred: Value): Value {
    const right = sum(multiply(yTrue, yPred), LAST);
    const wrong = max(multiply(subtract(1, yTrue), yPred), LAST);
    return maximum(add(subtract(wrong, right), 1), 0);
  }
}

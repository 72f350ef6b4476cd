import type { Fields } from "../core/options.js";
import type { Value } from "../graph/value.js";
import { mean, square } from "../ops/index.js";
import { LAST } from "./align.js";
import { margin } from "./hinge-margin.js";
import { type LossOptions, lossFields, PairLoss } from "./loss.js";

/** mean max(1 - yTrue yPred, 0)² over the last axis; targets of -1 and 1, or 0 and 1. */
export class SquaredHinge extends PairLoss {
  static readonly className: string = "SquaredHinge";
  static readonly fields: Fields<LossOptions> = lossFields("squared_hinge");

  protected override compute(yTrue: Value, yPred: Value): Value {
    return mean(square(margin(yTrue, yPred)), LAST);
  }
}

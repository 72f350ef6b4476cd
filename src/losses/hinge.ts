import type { Fields } from "../core/options.js";
import type { Value } from "../graph/value.js";
import { mean } from "../ops/index.js";
import { LAST } from "./align.js";
import { margin } from "./hinge-margin.js";
import { type LossOptions, lossFields, PairLoss } from "./loss.js";

/** mean max(1 - yTrue yPred, 0) over the last axis; targets of -1 and 1, or 0 and 1. */
export class Hinge extends PairLoss {
  static readonly className: string = "Hinge";
  static readonly fields: Fields<LossOptions> = lossFields("hinge");

  protected override compute(yTrue: Value, yPred: Value): Value {
    return mean(margin(yTrue, yPred), LAST);
  }
}

import type { Fields } from "../core/options.js";
import type { Value } from "../graph/value.js";
import { clip, divide, log, multiply, sum } from "../ops/index.js";
import { EPSILON, LAST } from "./align.js";
import { type LossOptions, lossFields, PairLoss } from "./loss.js";

/** sum yTrue log(yTrue / yPred) over the last axis, both clipped to [1e-7, 1]. */
export class KLDivergence extends PairLoss {
  static readonly className: string = "KLDivergence";
  static readonly fields: Fields<LossOptions> = lossFields("kl_divergence");

  protected override compute(yTrue: Value, yPred: Value): Value {
    const target = clip(yTrue, EPSILON, 1);
    const ratio = divide(target, clip(yPred, EPSILON, 1));
    return sum(multiply(target, log(ratio)), LAST);
  }
}

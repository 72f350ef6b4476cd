import { type Fields, int } from "../core/options.js";
import type { Value } from "../graph/value.js";
import { divide, maximum, multiply, neg, sqrt, square, sum } from "../ops/index.js";
import { type LossOptions, lossFields, PairLoss } from "./loss.js";

export interface CosineSimilarityOptions extends LossOptions {
  /** Default -1. */
  axis?: number;
}

/** -cos of the angle between targets and predictions along an axis: -1 for the same direction. */
export class CosineSimilarity extends PairLoss<CosineSimilarityOptions> {
  static readonly className: string = "CosineSimilarity";
  static readonly fields: Fields<CosineSimilarityOptions> = {
    ...lossFields("cosine_similarity"),
    axis: int({}, { default: -1 }),
  };

  protected override compute(yTrue: Value, yPred: Value): Value {
    const { axis } = this.options;
    return neg(sum(multiply(unit(yTrue, axis), unit(yPred, axis)), { axes: [axis] }));
  }
}

/** x / max(|x|, 1e-7), Keras's `normalize`. */
function unit(x: Value, axis: number): Value {
  const squares = sum(square(x), { axes: [axis], keepDims: true });
  return divide(x, sqrt(maximum(squares, 1e-14)));
}

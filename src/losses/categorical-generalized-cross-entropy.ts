import { type Fields, float } from "../core/options.js";
import type { Dims, Value } from "../graph/value.js";
import { cast, divide, power, squeeze, subtract, take } from "../ops/index.js";
import { Loss, type LossOptions, lossFields } from "./loss.js";

export interface CategoricalGeneralizedCrossEntropyOptions extends LossOptions {
  /** Between 0 (crossentropy) and 1 (mean absolute error), both excluded. Default 0.5. */
  q?: number;
}

/**
 * (1 - p^q) / q for the right class's p: robust to wrong labels. Targets are class indices. Zhang and Sabuncu 2018,
 * arXiv:1805.07836.
 */
export class CategoricalGeneralizedCrossEntropy extends Loss<CategoricalGeneralizedCrossEntropyOptions> {
  static readonly className: string = "CategoricalGeneralizedCrossEntropy";
  static readonly fields: Fields<CategoricalGeneralizedCrossEntropyOptions> = {
    ...lossFields("categorical_generalized_cross_entropy"),
    q: float({ above: 0, max: 1 - Number.EPSILON }, { default: 0.5 }),
  };

  override call(yTrue: Value, yPred: Value): Value {
    const indices = yTrue.shape.length === yPred.shape.length && yTrue.shape.at(-1) === 1 ? squeeze(yTrue, -1) : yTrue;
    const { q } = this.options;
    return divide(subtract(1, power(take(yPred, cast(indices, "int32")), q)), q);
  }

  override classes(yPred: Dims): number | null {
    return yPred.at(-1) ?? null;
  }
}

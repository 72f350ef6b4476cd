import { type Fields, float } from "../core/options.js";
import type { Value } from "../graph/value.js";
import { multiply, square, sum } from "../ops/index.js";
import { Regularizer } from "./regularizer.js";

export interface L2Options {
  /** Factor, >= 0. Default 0.01. */
  l2?: number;
}

/** l2 * sum w². */
export class L2 extends Regularizer<L2Options> {
  static readonly className: string = "L2";
  static readonly fields: Fields<L2Options> = { l2: float({ min: 0 }, { default: 0.01 }) };

  override apply(weight: Value): Value {
    return multiply(sum(square(weight)), this.options.l2);
  }
}

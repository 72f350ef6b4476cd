import { type Fields, float } from "../core/options.js";
import type { Value } from "../graph/value.js";
import { abs, add, constant, multiply, square, sum } from "../ops/index.js";
import { Regularizer } from "./regularizer.js";

export interface L1L2Options {
  /** Factor of the absolute values, >= 0. Default 0. */
  l1?: number;
  /** Factor of the squares, >= 0. Default 0. */
  l2?: number;
}

/** l1 * sum |w| + l2 * sum w². */
export class L1L2 extends Regularizer<L1L2Options> {
  static readonly className: string = "L1L2";
  static readonly fields: Fields<L1L2Options> = {
    l1: float({ min: 0 }, { default: 0 }),
    l2: float({ min: 0 }, { default: 0 }),
  };

  override apply(weight: Value): Value {
    const { l1, l2 } = this.options;
    let penalty = constant(0);
    if (l1 !== 0) penalty = add(penalty, multiply(sum(abs(weight)), l1));
    if (l2 !== 0) penalty = add(penalty, multiply(sum(square(weight)), l2));
    return penalty;
  }
}

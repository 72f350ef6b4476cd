import { type Fields, float } from "../core/options.js";
import type { Value } from "../graph/value.js";
import { abs, multiply, sum } from "../ops/index.js";
import { Regularizer } from "./regularizer.js";

export interface L1Options {
  /** Factor, >= 0. Default 0.01. */
  l1?: number;
}

/** l1 * sum |w|. */
export class L1 extends Regularizer<L1Options> {
  static readonly className: string = "L1";
  static readonly fields: Fields<L1Options> = { l1: float({ min: 0 }, { default: 0.01 }) };

  override apply(weight: Value): Value {
    return multiply(sum(abs(weight)), this.options.l1);
  }
}

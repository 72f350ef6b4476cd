import { type Fields, float } from "../core/options.js";
import type { Value } from "../graph/value.js";
import { add, clip, divide, multiply } from "../ops/index.js";
import { Constraint } from "./constraint.js";
import { axisField, EPSILON, norms } from "./norms.js";

export interface MaxNormOptions {
  /** Largest norm, >= 0. Default 2. */
  maxValue?: number;
  /** Axis (or axes) of one weight vector: 0 for Dense kernels, [0, 1, 2] for Conv2D kernels. Default 0. */
  axis?: number | readonly number[];
}

/** Scales down every weight vector that is longer than `maxValue`. */
export class MaxNorm extends Constraint<MaxNormOptions> {
  static readonly className: string = "MaxNorm";
  static readonly fields: Fields<MaxNormOptions> = {
    maxValue: float({ min: 0 }, { default: 2 }),
    axis: axisField,
  };

  override apply(weight: Value): Value {
    const norm = norms(weight, this.options.axis);
    const wanted = clip(norm, 0, this.options.maxValue);
    return multiply(weight, divide(wanted, add(norm, EPSILON)));
  }
}

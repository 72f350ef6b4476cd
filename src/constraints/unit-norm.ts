import type { Fields } from "../core/options.js";
import type { Value } from "../graph/value.js";
import { add, divide } from "../ops/index.js";
import { Constraint } from "./constraint.js";
import { axisField, EPSILON, norms } from "./norms.js";

export interface UnitNormOptions {
  /** Axis (or axes) of one weight vector. Default 0. */
  axis?: number | readonly number[];
}

/** Scales every weight vector to length 1. */
export class UnitNorm extends Constraint<UnitNormOptions> {
  static readonly className: string = "UnitNorm";
  static readonly fields: Fields<UnitNormOptions> = { axis: axisField };

  override apply(weight: Value): Value {
    return divide(weight, add(norms(weight, this.options.axis), EPSILON));
  }
}

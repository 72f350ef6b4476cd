import { type Fields, float } from "../core/options.js";
import type { Value } from "../graph/value.js";
import { add, clip, divide, multiply } from "../ops/index.js";
import { Constraint } from "./constraint.js";
import { axisField, EPSILON, norms } from "./norms.js";

export interface MinMaxNormOptions {
  /** Smallest norm, >= 0. Default 0. */
  minValue?: number;
  /** Largest norm, >= 0. Default 1. */
  maxValue?: number;
  /** Fraction of the way that each update goes; 1 is all the way. Default 1. */
  rate?: number;
  /** Axis (or axes) of one weight vector. Default 0. */
  axis?: number | readonly number[];
}

/** Keeps the norm of every weight vector between two values. */
export class MinMaxNorm extends Constraint<MinMaxNormOptions> {
  static readonly className: string = "MinMaxNorm";
  static readonly fields: Fields<MinMaxNormOptions> = {
    minValue: float({ min: 0 }, { default: 0 }),
    maxValue: float({ min: 0 }, { default: 1 }),
    rate: float({}, { default: 1 }),
    axis: axisField,
  };

  override apply(weight: Value): Value {
    const { minValue, maxValue, rate, axis } = this.options;
    const norm = norms(weight, axis);
    const wanted = add(multiply(clip(norm, minValue, maxValue), rate), multiply(norm, 1 - rate));
    return multiply(weight, divide(wanted, add(norm, EPSILON)));
  }
}

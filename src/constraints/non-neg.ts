import type { Value } from "../graph/value.js";
import { maximum } from "../ops/index.js";
import { Constraint } from "./constraint.js";

/** Sets negative weights to 0. */
export class NonNeg extends Constraint {
  static readonly className: string = "NonNeg";
  static readonly fields = {};

  override apply(weight: Value): Value {
    return maximum(weight, 0);
  }
}

import { resolveOptions } from "../core/options.js";
import type { Value } from "../graph/value.js";
import { maximum } from "../ops/index.js";
import { Constraint } from "./constraint.js";

/** Sets negative weights to 0. */
export class NonNeg extends Constraint {
  static readonly className = "NonNeg";
  static readonly fields = {};

  constructor(options?: object) {
    super(NonNeg.fields, resolveOptions("NonNeg", NonNeg.fields, options));
  }

  override apply(weight: Value): Value {
    return maximum(weight, 0);
  }
}

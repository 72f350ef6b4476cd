import { build, type Value } from "../graph/index.js";
import { type ReduceOptions, reduction } from "./axes.js";
import { max } from "./max.js";
import { type Operand, toNumber } from "./operand.js";

/** Smallest element; equal ones share the gradient. */
export function min(x: Operand, options?: ReduceOptions): Value {
  return build.neg(max(build.neg(toNumber(x)), reduction("min", options)));
}

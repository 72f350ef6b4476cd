import { build, type Value } from "../graph/index.js";
import { axesOf, type ReduceOptions, reduction } from "./axes.js";
import { type Operand, toFloat } from "./operand.js";

/** Square root of the sum of squares. */
export function l2Norm(x: Operand, options?: ReduceOptions): Value {
  const { axes, keepDims } = reduction("l2Norm", options);
  const value = toFloat(x);
  return build.sqrt(build.sum(build.mul(value, value), axesOf("l2Norm", value, axes), keepDims));
}

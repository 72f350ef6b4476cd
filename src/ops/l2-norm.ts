import { build, type Value } from "../graph/index.js";
import { axesOf, type ReduceOptions } from "./axes.js";
import { type Operand, toFloat } from "./operand.js";

/** Square root of the sum of squares. */
export function l2Norm(x: Operand, { axes, keepDims = false }: ReduceOptions = {}): Value {
  const value = toFloat(x);
  return build.sqrt(build.sum(build.mul(value, value), axesOf("l2Norm", value, axes), keepDims));
}

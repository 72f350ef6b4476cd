import { build, type Value } from "../graph/index.js";
import { axesOf, type ReduceOptions, reduction } from "./axes.js";
import { type Operand, toNumber } from "./operand.js";

/** Largest element; equal ones share the gradient. */
export function max(x: Operand, options?: ReduceOptions): Value {
  const { axes, keepDims } = reduction("max", options);
  const value = toNumber(x);
  return build.max(value, axesOf("max", value, axes), keepDims);
}

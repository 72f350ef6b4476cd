import { build, type Value } from "../graph/index.js";
import { axesOf, type ReduceOptions, reduction } from "./axes.js";
import { castTo, type Operand, toBool } from "./operand.js";

/** True where any element is true. */
export function any(x: Operand, options?: ReduceOptions): Value {
  const { axes, keepDims } = reduction("any", options);
  const value = castTo(toBool(x), "int32");
  return build.greater(build.max(value, axesOf("any", value, axes), keepDims), build.scalar(0, "int32"));
}

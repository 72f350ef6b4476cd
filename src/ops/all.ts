import { build, type Value } from "../graph/index.js";
import { any } from "./any.js";
import { type ReduceOptions, reduction } from "./axes.js";
import { type Operand, toBool } from "./operand.js";

/** True where all elements are true. */
export function all(x: Operand, options?: ReduceOptions): Value {
  return build.not(any(build.not(toBool(x)), reduction("all", options)));
}

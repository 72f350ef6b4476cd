import { build, type Value } from "../graph/index.js";
import type { ReduceOptions } from "./axes.js";
import type { Operand } from "./operand.js";
import { variance } from "./variance.js";

/** Standard deviation: the square root of the variance. */
export function std(x: Operand, options?: ReduceOptions): Value {
  return build.sqrt(variance(x, options));
}

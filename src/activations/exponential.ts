import type { Value } from "../graph/value.js";
import { exp } from "../ops/index.js";

/** exp(x). */
export function exponential(x: Value): Value {
  return exp(x);
}

import type { Value } from "../graph/value.js";
import { neg, softplus } from "../ops/index.js";

/** log(sigmoid(x)). */
export function logSigmoid(x: Value): Value {
  return neg(softplus(neg(x)));
}

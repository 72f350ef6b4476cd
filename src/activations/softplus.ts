import type { Value } from "../graph/value.js";
import { softplus as softplusOp } from "../ops/index.js";

/** log(1 + exp(x)). */
export function softplus(x: Value): Value {
  return softplusOp(x);
}

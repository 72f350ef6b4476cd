import type { Value } from "../graph/value.js";
import { tanh as tanhOp } from "../ops/index.js";

/** (exp(x) - exp(-x)) / (exp(x) + exp(-x)). */
export function tanh(x: Value): Value {
  return tanhOp(x);
}

import type { Value } from "../graph/value.js";
import { multiply, softplus, tanh } from "../ops/index.js";

/** x tanh(softplus(x)). Misra 2019, arXiv:1908.08681. */
export function mish(x: Value): Value {
  return multiply(x, tanh(softplus(x)));
}

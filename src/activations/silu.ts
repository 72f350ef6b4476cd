import type { Value } from "../graph/value.js";
import { multiply, sigmoid } from "../ops/index.js";

/** x sigmoid(x), also called swish. Ramachandran et al. 2017, arXiv:1710.05941. */
export function silu(x: Value): Value {
  return multiply(x, sigmoid(x));
}

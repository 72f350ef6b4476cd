import type { Value } from "../graph/value.js";
import { expm1, greater, minimum, multiply, where } from "../ops/index.js";

export interface EluOptions {
  /** Default 1. */
  alpha?: number;
}

/** x above 0, alpha (exp(x) - 1) below. Clevert et al. 2016, arXiv:1511.07289. */
export function elu(x: Value, { alpha = 1 }: EluOptions = {}): Value {
  return where(greater(x, 0), x, multiply(expm1(minimum(x, 0)), alpha));
}

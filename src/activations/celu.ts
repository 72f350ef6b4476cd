import type { Value } from "../graph/value.js";
import { add, divide, expm1, maximum, minimum, multiply } from "../ops/index.js";

export interface CeluOptions {
  /** Default 1. */
  alpha?: number;
}

/** max(x, 0) + min(0, alpha (exp(x / alpha) - 1)). Barron 2017, arXiv:1704.07483. */
export function celu(x: Value, { alpha = 1 }: CeluOptions = {}): Value {
  return add(maximum(x, 0), multiply(expm1(divide(minimum(x, 0), alpha)), alpha));
}

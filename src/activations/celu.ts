import { type Fields, float, resolveOptions } from "../core/options.js";
import type { Value } from "../graph/value.js";
import { add, divide, expm1, maximum, minimum, multiply } from "../ops/index.js";

export interface CeluOptions {
  /** Default 1. */
  alpha?: number;
}

const FIELDS: Fields<CeluOptions> = { alpha: float({}, { default: 1 }) };

/** max(x, 0) + min(0, alpha (exp(x / alpha) - 1)). Barron 2017, arXiv:1704.07483. */
export function celu(x: Value, options?: CeluOptions): Value {
  const { alpha } = resolveOptions("celu", FIELDS, options);
  return add(maximum(x, 0), multiply(expm1(divide(minimum(x, 0), alpha)), alpha));
}

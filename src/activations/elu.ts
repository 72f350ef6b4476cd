import { type Fields, float, resolveOptions } from "../core/options.js";
import type { Value } from "../graph/value.js";
import { expm1, greater, minimum, multiply, where } from "../ops/index.js";

export interface EluOptions {
  /** Default 1. */
  alpha?: number;
}

const FIELDS: Fields<EluOptions> = { alpha: float({}, { default: 1 }) };

/** x above 0, alpha (exp(x) - 1) below. Clevert et al. 2016, arXiv:1511.07289. */
export function elu(x: Value, options?: EluOptions): Value {
  const { alpha } = resolveOptions("elu", FIELDS, options);
  return where(greater(x, 0), x, multiply(expm1(minimum(x, 0)), alpha));
}

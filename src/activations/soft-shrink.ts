import { type Fields, float, resolveOptions } from "../core/options.js";
import type { Value } from "../graph/value.js";
import { add, greater, less, subtract, where } from "../ops/index.js";

export interface SoftShrinkOptions {
  /** Default 0.5. */
  threshold?: number;
}

const FIELDS: Fields<SoftShrinkOptions> = { threshold: float({}, { default: 0.5 }) };

/** x moved towards 0 by the threshold, 0 within it. */
export function softShrink(x: Value, options?: SoftShrinkOptions): Value {
  const { threshold } = resolveOptions("soft_shrink", FIELDS, options);
  const above = where(greater(x, threshold), subtract(x, threshold), 0);
  return where(less(x, -threshold), add(x, threshold), above);
}

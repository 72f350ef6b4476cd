import type { Value } from "../graph/value.js";
import { add, greater, less, subtract, where } from "../ops/index.js";

export interface SoftShrinkOptions {
  /** Default 0.5. */
  threshold?: number;
}

/** x moved towards 0 by the threshold, 0 within it. */
export function softShrink(x: Value, { threshold = 0.5 }: SoftShrinkOptions = {}): Value {
  const above = where(greater(x, threshold), subtract(x, threshold), 0);
  return where(less(x, -threshold), add(x, threshold), above);
}

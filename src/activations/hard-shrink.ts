import type { Value } from "../graph/value.js";
import { abs, greater, where } from "../ops/index.js";

export interface HardShrinkOptions {
  /** Default 0.5. */
  threshold?: number;
}

/** x where |x| > threshold, 0 elsewhere. */
export function hardShrink(x: Value, { threshold = 0.5 }: HardShrinkOptions = {}): Value {
  return where(greater(abs(x), threshold), x, 0);
}

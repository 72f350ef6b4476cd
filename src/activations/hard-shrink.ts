import { type Fields, float, resolveOptions } from "../core/options.js";
import type { Value } from "../graph/value.js";
import { abs, greater, where } from "../ops/index.js";

export interface HardShrinkOptions {
  /** Default 0.5. */
  threshold?: number;
}

const FIELDS: Fields<HardShrinkOptions> = { threshold: float({}, { default: 0.5 }) };

/** x where |x| > threshold, 0 elsewhere. */
export function hardShrink(x: Value, options?: HardShrinkOptions): Value {
  const { threshold } = resolveOptions("hard_shrink", FIELDS, options);
  return where(greater(abs(x), threshold), x, 0);
}

import type { Value } from "../graph/value.js";
import { add, clip, multiply } from "../ops/index.js";

/** 0 up to -1, 1 from 1 on, (x + 1) / 2 between. */
export function sparseSigmoid(x: Value): Value {
  return multiply(clip(add(x, 1), 0, 2), 0.5);
}

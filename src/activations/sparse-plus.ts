import type { Value } from "../graph/value.js";
import { add, clip, divide, greaterEqual, square, where } from "../ops/index.js";

/** 0 up to -1, x from 1 on, (x + 1)² / 4 between. */
export function sparsePlus(x: Value): Value {
  const between = divide(square(add(clip(x, -1, 1), 1)), 4);
  return where(greaterEqual(x, 1), x, between);
}

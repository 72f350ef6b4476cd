import type { Value } from "../graph/value.js";
import { clip } from "../ops/index.js";

/** x clipped to [-1, 1]. */
export function hardTanh(x: Value): Value {
  return clip(x, -1, 1);
}

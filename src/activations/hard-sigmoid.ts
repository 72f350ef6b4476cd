import type { Value } from "../graph/value.js";
import { add, clip, divide } from "../ops/index.js";

/** relu6(x + 3) / 6. */
export function hardSigmoid(x: Value): Value {
  return divide(clip(add(x, 3), 0, 6), 6);
}

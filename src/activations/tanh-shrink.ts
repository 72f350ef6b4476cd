import type { Value } from "../graph/value.js";
import { subtract, tanh } from "../ops/index.js";

/** x - tanh(x). */
export function tanhShrink(x: Value): Value {
  return subtract(x, tanh(x));
}

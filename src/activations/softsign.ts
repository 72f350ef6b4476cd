import type { Value } from "../graph/value.js";
import { abs, add, divide } from "../ops/index.js";

/** x / (1 + |x|). */
export function softsign(x: Value): Value {
  return divide(x, add(abs(x), 1));
}

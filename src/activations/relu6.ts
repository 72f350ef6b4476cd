import type { Value } from "../graph/value.js";
import { minimum, relu } from "../ops/index.js";

/** min(max(x, 0), 6). */
export function relu6(x: Value): Value {
  return minimum(relu(x), 6);
}

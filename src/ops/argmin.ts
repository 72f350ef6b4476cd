import type { Value } from "../graph/index.js";
import { argmax } from "./argmax.js";
import { neg } from "./neg.js";
import type { Operand } from "./operand.js";

/** Index of the first minimum along an axis, as int32. The axis is removed. */
export function argmin(x: Operand, axis: number): Value {
  return argmax(neg(x), axis);
}

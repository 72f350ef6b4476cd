import type { Value } from "../graph/index.js";
import { argmax } from "./argmax.js";
import { mirrored } from "./mirrored.js";
import { type Operand, toNumber } from "./operand.js";

/** Index of the first minimum along an axis, as int32. The axis is removed. */
export function argmin(x: Operand, axis: number): Value {
  return argmax(mirrored(toNumber(x)), axis);
}

import { build, type Value } from "../graph/index.js";
import { axisOf } from "./axes.js";
import { type Operand, toNumber } from "./operand.js";

/** Index of the first maximum along an axis, as int32. The axis is removed. */
export function argmax(x: Operand, axis: number): Value {
  const value = toNumber(x);
  return build.argmax(value, axisOf("argmax", value.shape, axis));
}

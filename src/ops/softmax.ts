import { build, type Value } from "../graph/index.js";
import { axisOf } from "./axes.js";
import { type Operand, toFloat } from "./operand.js";

/** exp(x) divided by its sum along an axis. */
export function softmax(x: Operand, axis = -1): Value {
  const value = toFloat(x);
  return build.softmax(value, axisOf("softmax", value.shape, axis));
}

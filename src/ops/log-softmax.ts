import { build, type Value } from "../graph/index.js";
import { axisOf } from "./axes.js";
import { type Operand, toFloat } from "./operand.js";

/** log of softmax, without overflow. */
export function logSoftmax(x: Operand, axis = -1): Value {
  const value = toFloat(x);
  return build.logSoftmax(value, axisOf("logSoftmax", value.shape, axis));
}

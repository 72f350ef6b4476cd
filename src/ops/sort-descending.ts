import { build, type Value } from "../graph/index.js";
import { axisOf } from "./axes.js";
import { type Operand, toNumber } from "./operand.js";

/** Values in descending order along an axis. No gradient flows through it. */
export function sortDescending(x: Operand, axis = -1): Value {
  const value = toNumber(x);
  return build.sortDescending(value, axisOf("sortDescending", value.shape, axis));
}

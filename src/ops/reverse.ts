import { build, type Value } from "../graph/index.js";
import { axisOf } from "./axes.js";
import { type Operand, toValue } from "./operand.js";

/** x with the order along an axis reversed. */
export function reverse(x: Operand, axis: number): Value {
  const value = toValue(x);
  return build.reverse(value, axisOf("reverse", value.shape, axis));
}

import { build, type Value } from "../graph/index.js";
import { axisOf } from "./axes.js";
import { type Operand, toValue } from "./operand.js";

/** x moved along an axis, which is not the batch; what leaves at one end comes in at the other. */
export function roll(x: Operand, shift: number, axis: number): Value {
  const value = toValue(x);
  const at = axisOf("roll", value.shape, axis);
  const size = value.shape[at]!;
  const start = (((-shift % size) + size) % size) + 0;
  if (!(start > 0)) return value;
  return build.concat([build.slice(value, at, start, size), build.slice(value, at, 0, start)], at);
}

import { build, type Value } from "../graph/index.js";
import { axisOf } from "./axes.js";
import { type Operand, toValue } from "./operand.js";

/** The parts of x along an axis, which is not the batch, without the axis. @param axis default 0 */
export function unstack(x: Operand, axis = 0): Value[] {
  const value = toValue(x);
  const at = axisOf("unstack", value.shape, axis);
  const rest = value.shape.filter((_, i) => i !== at);
  return Array.from({ length: Math.max(0, value.shape[at]!) }, (_, i) =>
    build.reshape(build.slice(value, at, i, i + 1), rest),
  );
}

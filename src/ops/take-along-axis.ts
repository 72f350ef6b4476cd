import { build, type Value } from "../graph/index.js";
import { axisOf } from "./axes.js";
import { castTo, type Operand, toValue } from "./operand.js";

/**
 * Elements along an axis by their places, line by line: result[i, j] = x[i, indices[i, j]] for the last axis of two. The
 * indices are shaped as x but for this axis; axes of size 1 are repeated. They lie in 0 … size - 1.
 */
export function takeAlongAxis(x: Operand, indices: Operand, axis = -1): Value {
  const value = toValue(x);
  const ids = castTo(toValue(indices, "int32"), "int32");
  const at = axisOf("takeAlongAxis", value.shape, axis);
  if (ids.shape.length !== value.shape.length) return build.takeAlong(value, ids, at);
  const fits = value.shape.map((dim, i) => (i !== at && ids.shape[i] === 1 ? dim : ids.shape[i]!));
  return build.takeAlong(value, build.broadcast(ids, fits), at);
}

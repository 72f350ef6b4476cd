import { build, type Value } from "../graph/index.js";
import { axisOf } from "./axes.js";
import { type Operand, toValue } from "./operand.js";

/** x with a new axis of size 1; a negative axis counts from the end of the result. */
export function expandDims(x: Operand, axis: number): Value {
  const value = toValue(x);
  const at = axisOf("expandDims", value.shape, axis, value.shape.length + 1);
  return build.reshape(value, [...value.shape.slice(0, at), 1, ...value.shape.slice(at)]);
}

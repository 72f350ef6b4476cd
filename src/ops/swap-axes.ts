import { build, type Value } from "../graph/index.js";
import { axisOf } from "./axes.js";
import { type Operand, toValue } from "./operand.js";

/** x with two axes exchanged. */
export function swapAxes(x: Operand, a: number, b: number): Value {
  const value = toValue(x);
  const [i, j] = [axisOf("swapAxes", value.shape, a), axisOf("swapAxes", value.shape, b)];
  return build.transpose(
    value,
    value.shape.map((_, axis) => (axis === i ? j : axis === j ? i : axis)),
  );
}

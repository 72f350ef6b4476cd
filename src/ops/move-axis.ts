import { build, type Value } from "../graph/index.js";
import { axisOf } from "./axes.js";
import { type Operand, toValue } from "./operand.js";

/** x with one axis moved to another place; the others keep their order. */
export function moveAxis(x: Operand, from: number, to: number): Value {
  const value = toValue(x);
  const [i, j] = [axisOf("moveAxis", value.shape, from), axisOf("moveAxis", value.shape, to)];
  const perm = value.shape.map((_, axis) => axis).filter((axis) => axis !== i);
  perm.splice(j, 0, i);
  return build.transpose(value, perm);
}

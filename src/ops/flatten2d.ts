import { build, type Value } from "../graph/index.js";
import { type Operand, toValue } from "./operand.js";

/** (batch, rest): all axes but the first as one. */
export function flatten2d(x: Operand): Value {
  const value = toValue(x);
  return build.shaped(value, [value.shape[0] ?? 1, value.shape.slice(1).reduce((size, dim) => size * dim, 1)]);
}

import { build, type Value } from "../graph/index.js";
import { type Operand, toValue } from "./operand.js";

/** Axis i of the result is axis perm[i] of x; without perm the axes are reversed. */
export function transpose(x: Operand, perm?: readonly number[]): Value {
  const value = toValue(x);
  return build.transpose(value, perm ?? value.shape.map((_, i) => value.shape.length - 1 - i));
}

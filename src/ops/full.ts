import { build, type Dims, type Value } from "../graph/index.js";
import { type Operand, toValue } from "./operand.js";

/** A value of the shape, filled with a scalar. */
export function full(dims: Dims, value: Operand): Value {
  return build.broadcast(toValue(value), dims);
}

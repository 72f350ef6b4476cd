import type { Value } from "../graph/index.js";
import { type Operand, toValue } from "./operand.js";

/** A tensor or number as a value; floats become float32, integer tensors int32. */
export function constant(x: Operand): Value {
  return toValue(x);
}

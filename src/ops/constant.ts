import type { Value } from "../graph/index.js";
import { type Operand, toValue } from "./operand.js";

/** A tensor or number as a value; floats become float32, whole numbers of a tensor int32. */
export function constant(x: Operand): Value {
  return toValue(x);
}

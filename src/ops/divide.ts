import { build, type Value } from "../graph/index.js";
import { type Operand, toFloat } from "./operand.js";

/** a / b as float32, also of whole numbers. */
export function divide(a: Operand, b: Operand): Value {
  return build.div(toFloat(a), toFloat(b));
}

import { build, type Value } from "../graph/index.js";
import { type Operand, toFloat } from "./operand.js";

/** e to the power of x. */
export function exp(x: Operand): Value {
  return build.exp(toFloat(x));
}

import { build, type Value } from "../graph/index.js";
import { type Operand, toFloat } from "./operand.js";

/** Error function. */
export function erf(x: Operand): Value {
  return build.erf(toFloat(x));
}

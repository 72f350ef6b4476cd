import { build, type Value } from "../graph/index.js";
import { type Operand, toFloat } from "./operand.js";

/** Natural logarithm. */
export function log(x: Operand): Value {
  return build.log(toFloat(x));
}

import { build, type Value } from "../graph/index.js";
import { type Operand, toFloat } from "./operand.js";

/** True where x is not a number. */
export function isNan(x: Operand): Value {
  return build.isNan(toFloat(x));
}

import { build, type Value } from "../graph/index.js";
import { type Operand, toFloat } from "./operand.js";

/** Square root. */
export function sqrt(x: Operand): Value {
  return build.sqrt(toFloat(x));
}

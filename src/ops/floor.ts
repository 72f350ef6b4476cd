import { build, type Value } from "../graph/index.js";
import { type Operand, toFloat } from "./operand.js";

/** Largest whole number that is not above x. */
export function floor(x: Operand): Value {
  return build.floor(toFloat(x));
}

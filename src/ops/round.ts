import { build, type Value } from "../graph/index.js";
import { type Operand, toFloat } from "./operand.js";

/** Nearest whole number, half to even. */
export function round(x: Operand): Value {
  return build.round(toFloat(x));
}

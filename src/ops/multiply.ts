import { build, type Value } from "../graph/index.js";
import { type Operand, promote } from "./operand.js";

/** a b, broadcasting. */
export function multiply(a: Operand, b: Operand): Value {
  return build.mul(...promote(a, b));
}

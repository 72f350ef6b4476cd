import { build, type Value } from "../graph/index.js";
import { type Operand, promote } from "./operand.js";

/** a - b, broadcasting. */
export function subtract(a: Operand, b: Operand): Value {
  return build.sub(...promote(a, b));
}

import { build, type Value } from "../graph/index.js";
import { type Operand, promote } from "./operand.js";

/** Remainder with the sign of b, as Python's %. */
export function mod(a: Operand, b: Operand): Value {
  return build.mod(...promote(a, b));
}

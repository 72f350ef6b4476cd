import { build, type Value } from "../graph/index.js";
import { type Operand, promote } from "./operand.js";

/** a >= b, as bool. */
export function greaterEqual(a: Operand, b: Operand): Value {
  return build.greaterEqual(...promote(a, b));
}

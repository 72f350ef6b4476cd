import type { Value } from "../graph/index.js";
import { greaterEqual } from "./greater-equal.js";
import type { Operand } from "./operand.js";

/** a <= b, as bool. */
export function lessEqual(a: Operand, b: Operand): Value {
  return greaterEqual(b, a);
}

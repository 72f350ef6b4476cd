import type { Value } from "../graph/index.js";
import { greater } from "./greater.js";
import type { Operand } from "./operand.js";

/** a < b, as bool. */
export function less(a: Operand, b: Operand): Value {
  return greater(b, a);
}

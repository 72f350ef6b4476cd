import { build, type Value } from "../graph/index.js";
import { equal } from "./equal.js";
import type { Operand } from "./operand.js";

/** a ≠ b, as bool. NaN differs from everything. */
export function notEqual(a: Operand, b: Operand): Value {
  return build.not(equal(a, b));
}

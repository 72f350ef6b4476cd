import { build, type Value } from "../graph/index.js";
import { type Operand, toBool } from "./operand.js";

/** True where both are true. */
export function logicalAnd(a: Operand, b: Operand): Value {
  return build.and(toBool(a), toBool(b));
}

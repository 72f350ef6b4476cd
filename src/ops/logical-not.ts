import { build, type Value } from "../graph/index.js";
import { type Operand, toBool } from "./operand.js";

/** True where the condition is false. */
export function logicalNot(x: Operand): Value {
  return build.not(toBool(x));
}

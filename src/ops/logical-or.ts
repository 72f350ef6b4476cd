import { build, type Value } from "../graph/index.js";
import { type Operand, toBool } from "./operand.js";

/** True where either is true. */
export function logicalOr(a: Operand, b: Operand): Value {
  return build.or(toBool(a), toBool(b));
}

import { build, type Value } from "../graph/index.js";
import { type Operand, toBool } from "./operand.js";

/** True where exactly one is true. */
export function logicalXor(a: Operand, b: Operand): Value {
  return build.not(build.equal(toBool(a), toBool(b)));
}

import { build, type Value } from "../graph/index.js";
import { type Operand, promote } from "./operand.js";

/** a + b, broadcasting; int32 with float32 gives float32. */
export function add(a: Operand, b: Operand): Value {
  return build.add(...promote(a, b));
}

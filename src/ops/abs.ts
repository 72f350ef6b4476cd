import { build, type Value } from "../graph/index.js";
import { type Operand, toNumber } from "./operand.js";

/** |x|; its gradient at 0 is 0. */
export function abs(x: Operand): Value {
  return build.abs(toNumber(x));
}

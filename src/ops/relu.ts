import { build, type Value } from "../graph/index.js";
import { type Operand, toNumber } from "./operand.js";

/** max(x, 0); its gradient at 0 is 0. */
export function relu(x: Operand): Value {
  return build.relu(toNumber(x));
}

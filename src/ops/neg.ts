import { build, type Value } from "../graph/index.js";
import { type Operand, toNumber } from "./operand.js";

/** -x */
export function neg(x: Operand): Value {
  return build.neg(toNumber(x));
}

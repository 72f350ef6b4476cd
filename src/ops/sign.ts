import { build, type Value } from "../graph/index.js";
import { type Operand, toNumber } from "./operand.js";

/** -1, 0 or 1. */
export function sign(x: Operand): Value {
  return build.sign(toNumber(x));
}

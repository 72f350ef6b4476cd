import { build, type Value } from "../graph/index.js";
import { type Operand, toFloat } from "./operand.js";

/** Smallest whole number that is not below x. */
export function ceil(x: Operand): Value {
  return build.neg(build.floor(build.neg(toFloat(x))));
}

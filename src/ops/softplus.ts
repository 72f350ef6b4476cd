import { build, type Value } from "../graph/index.js";
import { type Operand, toFloat } from "./operand.js";

/** log(1 + exp(x)), without overflow. */
export function softplus(x: Operand): Value {
  return build.softplus(toFloat(x));
}

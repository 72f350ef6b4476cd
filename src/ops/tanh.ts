import { build, type Value } from "../graph/index.js";
import { type Operand, toFloat } from "./operand.js";

/** Hyperbolic tangent. */
export function tanh(x: Operand): Value {
  return build.tanh(toFloat(x));
}

import { build, type Value } from "../graph/index.js";
import { type Operand, toFloat } from "./operand.js";

/** Sine of radians. */
export function sin(x: Operand): Value {
  return build.sin(toFloat(x));
}

import { build, type Value } from "../graph/index.js";
import { type Operand, toFloat } from "./operand.js";

/** Cosine of radians. */
export function cos(x: Operand): Value {
  return build.cos(toFloat(x));
}

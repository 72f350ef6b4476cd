import { build, type Value } from "../graph/index.js";
import { type Operand, toFloat } from "./operand.js";
import { square } from "./square.js";

/** a to the power of b, as float32. */
export function power(a: Operand, b: Operand): Value {
  if (b === 1) return toFloat(a);
  if (b === 2) return square(toFloat(a));
  return build.pow(toFloat(a), toFloat(b));
}

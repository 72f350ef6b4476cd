import { build, type Value } from "../graph/index.js";
import { type Operand, toValue } from "./operand.js";

/** x, without a gradient. */
export function stopGradient(x: Operand): Value {
  return build.stopGradient(toValue(x));
}

import { build, type Value } from "../graph/index.js";
import { type Operand, promote, toBool } from "./operand.js";

/** a where the condition is true, else b; broadcasting. */
export function where(condition: Operand, a: Operand, b: Operand): Value {
  return build.where(toBool(condition), ...promote(a, b, true));
}

import { build, type Value } from "../graph/index.js";
import { castTo, type Operand, toValue } from "./operand.js";

/** Picks one element of each last axis by its id: (x (...i, C), ids (...i)) -> (...i). */
export function take(x: Operand, ids: Operand): Value {
  return build.take(toValue(x), castTo(toValue(ids, "int32"), "int32"));
}

import { build, type Value } from "../graph/index.js";
import { castTo, type Operand, toValue } from "./operand.js";

/** Rows of a table: (table (R, ...rest), ids (...i)) -> (...i, ...rest). */
export function gather(table: Operand, ids: Operand): Value {
  return build.gather(toValue(table), castTo(toValue(ids, "int32"), "int32"));
}

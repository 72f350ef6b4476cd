import { build, type Value } from "../graph/index.js";
import { castTo, type Operand, toNumber, toValue } from "./operand.js";

/** (ids (...i), updates (...i, ...rest)) -> (rows, ...rest), equal ids added up. */
export function scatterAdd(ids: Operand, updates: Operand, rows: number): Value {
  return build.scatterAdd(castTo(toValue(ids, "int32"), "int32"), toNumber(updates), rows);
}

import type { GraphDType, Value } from "../graph/index.js";
import { castTo, type Operand, toValue } from "./operand.js";

/** x in another dtype. Casts to int32 truncate towards zero; anything but 0 is true. */
export function cast(x: Operand, dtype: GraphDType): Value {
  return castTo(toValue(x), dtype);
}

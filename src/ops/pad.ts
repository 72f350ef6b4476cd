import { build, type Value } from "../graph/index.js";
import { type Operand, toValue } from "./operand.js";

/** x with `value` around it: `before` and `after` have a number for each axis, 0 for the batch. */
export function pad(x: Operand, before: readonly number[], after: readonly number[], value = 0): Value {
  return build.pad(toValue(x), before, after, value);
}

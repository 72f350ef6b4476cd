import { build, type Value } from "../graph/index.js";
import { type Operand, toValue } from "./operand.js";

/** x with `value` around it: `before` and `after` have a number for each axis; for the batch 0, or -k for k batches. */
export function pad(x: Operand, before: readonly number[], after: readonly number[], value = 0): Value {
  return build.pad(toValue(x), before, after, value);
}

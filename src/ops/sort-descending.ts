import type { Value } from "../graph/index.js";
import type { Operand } from "./operand.js";
import { sort } from "./sort.js";

/** Values in descending order along an axis. */
export function sortDescending(x: Operand, axis = -1): Value {
  return sort(x, { axis, descending: true });
}

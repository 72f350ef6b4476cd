import type { Value } from "../graph/index.js";
import { maximum } from "./maximum.js";
import { minimum } from "./minimum.js";
import type { Operand } from "./operand.js";

/** x, not below `min` and not above `max`. Where x equals a bound half of the gradient passes, as in JAX. */
export function clip(x: Operand, min: Operand, max: Operand): Value {
  return minimum(maximum(x, min), max);
}

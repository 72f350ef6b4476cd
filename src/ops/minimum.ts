import { build, type Value } from "../graph/index.js";
import { type Operand, promote } from "./operand.js";

/** The smaller of each pair; equal ones share the gradient, as in JAX. */
export function minimum(a: Operand, b: Operand): Value {
  return build.minimum(...promote(a, b));
}

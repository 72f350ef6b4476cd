import { build, type Value } from "../graph/index.js";
import { type Operand, promote } from "./operand.js";

/** The larger of each pair; equal ones share the gradient, as in JAX. */
export function maximum(a: Operand, b: Operand): Value {
  return build.maximum(...promote(a, b));
}

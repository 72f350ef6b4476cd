import { build, type Dims, type Value } from "../graph/index.js";
import { type Operand, toValue } from "./operand.js";

/** The same elements in another shape. The batch is written as in `x.shape`: -1, or -k for k times its rows. */
export function reshape(x: Operand, dims: Dims): Value {
  return build.shaped(toValue(x), dims);
}

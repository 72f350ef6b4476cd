import { build, type Dims, type Value } from "../graph/index.js";
import { type Operand, toValue } from "./operand.js";

/** x broadcast to a shape, by NumPy's rules. */
export function broadcastTo(x: Operand, dims: Dims): Value {
  return build.broadcast(toValue(x), dims);
}

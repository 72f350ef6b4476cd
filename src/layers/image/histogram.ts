import { build, type Value } from "../../graph/index.js";
import * as ops from "../../ops/index.js";

/** How often each of 0 … bins - 1 occurs along the last axis: int32 (...i, n) -> float32 (...i, bins). */
export function histogram(x: Value, bins: number): Value {
  return build.addAlong(ops.ones(x.shape), x, x.shape.length - 1, bins);
}

import { charge } from "../core/budget.js";
import { build, type Value } from "../graph/index.js";
import { castTo, type Operand, toValue } from "./operand.js";

/** 1 at each id, else 0, as float32, on a new last axis; ids outside 0 … depth - 1 give zeros. */
export function oneHot(ids: Operand, depth: number): Value {
  charge("one-hot vectors of that length", 8 * Math.max(0, depth));
  const value = castTo(toValue(ids, "int32"), "int32");
  return build.cast(build.equal(build.reshape(value, [...value.shape, 1]), build.iota(depth)), "float32");
}

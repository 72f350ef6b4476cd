import { build, type Value } from "../graph/index.js";

/** The numbers in the opposite order: -x, or -1 - x for whole numbers, the least of which has no negative. */
export function mirrored(x: Value): Value {
  return x.dtype === "int32" ? build.sub(build.scalar(-1, "int32"), x) : build.neg(x);
}

import { build, type Value } from "../graph/index.js";

/** Numbers in the reverse order: -x, or -1 - x for int32, whose least number has no negative. */
export function mirrored(x: Value): Value {
  return x.dtype === "int32" ? build.sub(build.scalar(-1, "int32"), x) : build.neg(x);
}

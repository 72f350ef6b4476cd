import { build, type Value } from "../graph/index.js";

/** Ones of the shape and dtype of x. */
export function onesLike(x: Value): Value {
  return build.broadcast(build.scalar(1, x.dtype), x.shape);
}

import { build, type Value } from "../graph/index.js";

/** Zeros of the shape and dtype of x. */
export function zerosLike(x: Value): Value {
  return build.broadcast(build.scalar(0, x.dtype), x.shape);
}

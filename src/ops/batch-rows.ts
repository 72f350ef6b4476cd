import { build, type Value } from "../graph/index.js";

/** Rows of the whole batch as a float32 scalar, counted in the graph itself. */
export function batchRows(): Value {
  return build.allSum(build.sum(build.broadcast(build.scalar(1), [-1]), [0]));
}

import { build, type Dims, type GraphDType, type Value } from "../graph/index.js";

/** A value of the shape, filled with 1. @param dtype default "float32" */
export function ones(dims: Dims, dtype: GraphDType = "float32"): Value {
  return build.broadcast(build.scalar(1, dtype), dims);
}

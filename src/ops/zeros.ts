import { build, type Dims, type GraphDType, type Value } from "../graph/index.js";

/** A value of the shape, filled with 0. @param dtype default "float32" */
export function zeros(dims: Dims, dtype: GraphDType = "float32"): Value {
  return build.broadcast(build.scalar(0, dtype), dims);
}

import { build, type Dims, type GraphDType, type InputValue } from "../graph/index.js";

/** A leaf that is fed from outside. `name` is for people. */
export function input(name: string, dims: Dims, dtype: GraphDType = "float32"): InputValue {
  return build.input(name, dims, dtype);
}

import { build, type Dims, type Value } from "../graph/index.js";

/** Random numbers of a stream: uniform in [0, 1), or of mean 0 and variance 1. */
export function random(dims: Dims, stream: number, distribution: "uniform" | "normal"): Value {
  return build.random(dims, stream, distribution);
}

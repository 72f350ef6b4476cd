import { build, type Value } from "../graph/index.js";

/** 0, 1, …, n - 1 as int32. */
export function iota(n: number): Value {
  return build.iota(n);
}

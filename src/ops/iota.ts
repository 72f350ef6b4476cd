import { charge } from "../core/budget.js";
import { build, type Value } from "../graph/index.js";

/** 0, 1, …, n - 1 as int32. For a batch dimension, -1 or -k, as many as the batch has rows, or k times as many. */
export function iota(n: number): Value {
  charge("a range of so many numbers", 8 * Math.max(0, n));
  return build.iota(n);
}

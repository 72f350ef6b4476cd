import type { Value } from "../graph/value.js";
import { sigmoid as sigmoidOp } from "../ops/index.js";

/** 1 / (1 + exp(-x)). */
export function sigmoid(x: Value): Value {
  return sigmoidOp(x);
}

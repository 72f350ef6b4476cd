import type { Value } from "../graph/value.js";
import { softmax as softmaxOp } from "../ops/index.js";

export interface SoftmaxOptions {
  /** Axis along which the results add up to 1; negative ones count from the end. Default -1. */
  axis?: number;
}

/** exp(x) / sum(exp(x)) along an axis. */
export function softmax(x: Value, { axis = -1 }: SoftmaxOptions = {}): Value {
  return softmaxOp(x, axis);
}

import type { Value } from "../graph/value.js";
import { add, clip, greater, minimum, multiply, neg, relu as reluOp, subtract, where } from "../ops/index.js";
import { leakyRelu } from "./leaky-relu.js";

export interface ReluOptions {
  /** Slope below the threshold. Default 0. */
  negativeSlope?: number;
  /** Upper bound, or null. Default null. */
  maxValue?: number | null;
  /** Where the function starts to pass x. Default 0. */
  threshold?: number;
}

/** max(x, 0); with options: bounded above, with another threshold, with a slope below it. */
export function relu(x: Value, { negativeSlope = 0, maxValue = null, threshold = 0 }: ReluOptions = {}): Value {
  if (negativeSlope !== 0 && maxValue === null && threshold === 0) return leakyRelu(x, { negativeSlope });
  let y = threshold === 0 ? reluOp(x) : where(greater(x, threshold), x, 0);
  if (maxValue !== null) y = threshold === 0 ? minimum(y, maxValue) : clip(y, 0, maxValue);
  if (negativeSlope === 0) return y;
  return subtract(y, multiply(reluOp(add(neg(x), threshold)), negativeSlope));
}

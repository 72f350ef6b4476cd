import { type Fields, float, nullable, resolveOptions } from "../core/options.js";
import type { Value } from "../graph/value.js";
import { add, clip, greater, minimum, multiply, neg, relu as reluOp, subtract, where } from "../ops/index.js";
import { leakyRelu } from "./leaky-relu.js";

export interface ReluOptions {
  /** Slope below the threshold. Default 0. */
  negativeSlope?: number;
  /** Upper bound, or null. Default null. */
  maxValue?: number | null;
  /** x counts as positive from here on. Default 0. */
  threshold?: number;
}

const FIELDS: Fields<ReluOptions> = {
  negativeSlope: float({}, { default: 0 }),
  maxValue: nullable(float()),
  threshold: float({}, { default: 0 }),
};

/** max(x, 0); with options: bounded above, with another threshold, with a slope below it. */
export function relu(x: Value, options?: ReluOptions): Value {
  const { negativeSlope, maxValue, threshold } = resolveOptions("relu", FIELDS, options);
  if (negativeSlope !== 0 && maxValue === null && threshold === 0) return leakyRelu(x, { negativeSlope });
  let y = threshold === 0 ? reluOp(x) : where(greater(x, threshold), x, 0);
  if (maxValue !== null) y = threshold === 0 ? minimum(y, maxValue) : clip(y, 0, maxValue);
  if (negativeSlope === 0) return y;
  return subtract(y, multiply(reluOp(add(neg(x), threshold)), negativeSlope));
}

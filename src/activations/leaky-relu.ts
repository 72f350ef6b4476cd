import type { Value } from "../graph/value.js";
import { greaterEqual, multiply, where } from "../ops/index.js";

export interface LeakyReluOptions {
  /** Default 0.2. */
  negativeSlope?: number;
}

/** x from 0 upwards, negative_slope x below. */
export function leakyRelu(x: Value, { negativeSlope = 0.2 }: LeakyReluOptions = {}): Value {
  return where(greaterEqual(x, 0), x, multiply(x, negativeSlope));
}

import { type Fields, float, resolveOptions } from "../core/options.js";
import type { Value } from "../graph/value.js";
import { greaterEqual, multiply, where } from "../ops/index.js";

export interface LeakyReluOptions {
  /** Default 0.2. */
  negativeSlope?: number;
}

const FIELDS: Fields<LeakyReluOptions> = { negativeSlope: float({}, { default: 0.2 }) };

/** x from 0 upwards, negative_slope x below. */
export function leakyRelu(x: Value, options?: LeakyReluOptions): Value {
  const { negativeSlope } = resolveOptions("leaky_relu", FIELDS, options);
  return where(greaterEqual(x, 0), x, multiply(x, negativeSlope));
}

import type { Value } from "../graph/index.js";
import { type ReduceOptions, reduction } from "./axes.js";
import { mean } from "./mean.js";
import { type Operand, toFloat } from "./operand.js";
import { square } from "./square.js";
import { subtract } from "./subtract.js";

/** Variance (divided by the number of elements), in two passes. Over the batch axis it is that of the whole batch. */
export function variance(x: Operand, given?: ReduceOptions): Value {
  const options = reduction("variance", given);
  const value = toFloat(x);
  const center = mean(value, { ...options, keepDims: true });
  return mean(square(subtract(value, center)), options);
}

import { build, type Value } from "../graph/index.js";
import { axesOf, type ReduceOptions, reduction } from "./axes.js";
import { type Operand, toNumber } from "./operand.js";

/** Sum. Over the batch axis it is that of the whole batch, in any number of shards. */
export function sum(x: Operand, options?: ReduceOptions): Value {
  const { axes, keepDims } = reduction("sum", options);
  const value = toNumber(x);
  return build.sum(value, axesOf("sum", value, axes), keepDims);
}

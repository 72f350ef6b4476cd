import { build, type Value } from "../graph/index.js";
import { type Operand, toFloat } from "./operand.js";
import { type PoolOptions, poolOptions, poolWindows } from "./pooling.js";
import { fromChannelsFirst, toChannelsFirst } from "./spatial.js";

/** The largest element of each window; the first of equals gets the gradient. Padding never wins. */
export function maxPool(x: Operand, given: PoolOptions): Value {
  const options = poolOptions("maxPool", given);
  const { dataFormat } = options;
  const first = toChannelsFirst(toFloat(x), dataFormat);
  return fromChannelsFirst(build.maxPool(first, poolWindows("maxPool", first, options)), dataFormat);
}

import { build, type Value } from "../graph/index.js";
import { type Operand, toNumber } from "./operand.js";

/** Sum of the shards' values of x; x itself for one shard, and when all shards have the same value. */
export function allSum(x: Operand): Value {
  return build.allSum(toNumber(x));
}

import { build, type Value } from "../graph/index.js";
import { type Operand, toNumber } from "./operand.js";

/** Sum over the shards of a batch of what each shard has; x itself for one shard, and when all shards have the same. */
export function allSum(x: Operand): Value {
  return build.allSum(toNumber(x));
}

import { build, type Value } from "../graph/index.js";
import { type Operand, toNumber } from "./operand.js";

/**
 * x itself, a value without a batch axis, and a note that its sum over the batch is wanted here. A graph means the whole
 * batch, so this is never needed: where shards must add up their parts is found out anyway.
 */
export function allSum(x: Operand): Value {
  return build.allSum(toNumber(x));
}

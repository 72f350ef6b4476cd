import { NUMBER } from "../families.js";
import { batchAxisOf, checkArity, checkDType, misfit } from "../fit.js";
import type { Primitive } from "../primitive.js";
import { REPLICATED } from "../row-rule.js";

/**
 * Sum over the shards of a batch, in a fixed binary tree; identity for one shard, and for a value that is the same in
 * all shards. Every shard's result depends on every shard's operand, so the gradient is the same sum.
 */
export const allSum: Primitive<"allSum"> = {
  name: "allSum",
  rows: () => REPLICATED,
  type(inputs) {
    checkArity("allSum", inputs, 1);
    checkDType("allSum", inputs, 0, NUMBER);
    const { shape, dtype } = inputs[0]!;
    if (batchAxisOf(shape) >= 0)
      throw misfit("allSum", inputs, "a value without the batch axis", "Sum over the rows first");
    return { shape, dtype };
  },
  gradient: (_node, dy, g) => [g.allSum(dy)],
};

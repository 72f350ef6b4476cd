import { NUMBER } from "../families.js";
import { batchAxisOf, checkArity, checkDType, misfit } from "../fit.js";
import type { Primitive } from "../primitive.js";

/**
 * The sum over the shards of a batch, in a fixed binary tree, where the operand is a sum over each shard's rows. A graph
 * means the whole batch, so otherwise, and for one shard, it is the identity; the gradient is the same exchange.
 */
export const allSum: Primitive<"allSum"> = {
  name: "allSum",
  rows: () => "replicated",
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

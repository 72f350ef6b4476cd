import { ANY } from "../families.js";
import { checkArity, checkBatchFirst, checkDType } from "../fit.js";
import type { Primitive } from "../primitive.js";

/**
 * The rows of all shards, one after the other, from each shard's own; identity for one shard. Only the pass that gives a
 * graph its exchanges makes it (exchange.ts).
 */
export const allRows: Primitive<"allRows"> = {
  name: "allRows",
  rows: () => "crosses",
  type(inputs) {
    checkArity("allRows", inputs, 1);
    checkDType("allRows", inputs, 0, ANY);
    checkBatchFirst("allRows", inputs);
    const { shape, dtype } = inputs[0]!;
    return { shape, dtype };
  },
  gradient: (_node, dy, g) => [g.ownRows(dy)],
};

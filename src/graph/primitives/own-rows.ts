import { ANY } from "../families.js";
import { checkArity, checkBatchFirst, checkDType } from "../fit.js";
import type { Primitive } from "../primitive.js";

/**
 * A shard's own rows of a value that is there for all rows; identity for one shard. Only the pass that gives a graph its
 * exchanges makes it (exchange.ts).
 */
export const ownRows: Primitive<"ownRows"> = {
  name: "ownRows",
  rows: () => "rows",
  type(inputs) {
    checkArity("ownRows", inputs, 1);
    checkDType("ownRows", inputs, 0, ANY);
    checkBatchFirst("ownRows", inputs);
    const { shape, dtype } = inputs[0]!;
    return { shape, dtype };
  },
  gradient: (_node, dy, g) => [g.allRows(dy)],
};

import { NUMBER, reducedDims } from "../families.js";
import { checkArity, checkDType } from "../fit.js";
import type { Primitive } from "../primitive.js";
import { addsRows, linear } from "../row-rule.js";

/** Over the batch axis this sums all rows: in shards each sums its own, and an allSum adds up the parts. */
export const sum: Primitive<"sum"> = {
  name: "sum",
  rows: addsRows(linear),
  type(inputs, { axes, keepDims }) {
    checkArity("sum", inputs, 1);
    checkDType("sum", inputs, 0, NUMBER);
    const x = inputs[0]!;
    return { shape: reducedDims("sum", x, axes, keepDims), dtype: x.dtype };
  },
  gradient({ inputs: [x], attrs: { axes } }, dy, g) {
    return [g.broadcast(g.shaped(dy, reducedDims("sum", x!, axes, true)), x!.shape)];
  },
};

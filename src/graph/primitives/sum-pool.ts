import { checkArity } from "../fit.js";
import type { Primitive } from "../primitive.js";
import { linear, rowByRow } from "../row-rule.js";
import { poolType } from "../windows.js";

/** The sum of each window. */
export const sumPool: Primitive<"sumPool"> = {
  name: "sumPool",
  rows: rowByRow(linear),
  type(inputs, attrs) {
    checkArity("sumPool", inputs, 1);
    return poolType("sumPool", inputs, attrs);
  },
  gradient: ({ inputs: [x], attrs }, dy, g) => [g.sumPoolGrad(dy, attrs, x!.shape.slice(2))],
};

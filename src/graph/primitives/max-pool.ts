import { checkArity } from "../fit.js";
import type { Primitive } from "../primitive.js";
import { rowByRow } from "../row-rule.js";
import { poolType } from "../windows.js";

/** The largest element of each window; the first of equals gets the gradient. */
export const maxPool: Primitive<"maxPool"> = {
  name: "maxPool",
  rows: rowByRow(),
  type(inputs, attrs) {
    checkArity("maxPool", inputs, 1);
    return poolType("maxPool", inputs, attrs);
  },
  gradient: (y, dy, g) => [g.maxPoolGrad(y.inputs[0]!, y, dy, y.attrs)],
};

import { alongAxis, FLOAT } from "../families.js";
import type { Primitive } from "../primitive.js";
import { alongOtherAxes } from "../row-rule.js";

export const logSoftmax: Primitive<"logSoftmax"> = {
  name: "logSoftmax",
  rows: alongOtherAxes(),
  type: alongAxis("logSoftmax", FLOAT),
  gradient: (y, dy, g) => [g.sub(dy, g.mul(g.exp(y), g.sum(dy, [y.attrs.axis], true)))],
};

import { alongAxis, FLOAT } from "../families.js";
import type { Primitive } from "../primitive.js";
import { alongOtherAxes } from "../row-rule.js";

export const softmax: Primitive<"softmax"> = {
  name: "softmax",
  rows: alongOtherAxes(),
  type: alongAxis("softmax", FLOAT),
  /** y (dy - sum(y dy)), with the product made once. */
  gradient(y, dy, g) {
    const product = g.mul(y, dy);
    return [g.sub(product, g.mul(y, g.sum(product, [y.attrs.axis], true)))];
  },
};

import { alongAxis, FLOAT } from "../families.js";
import type { Primitive } from "../primitive.js";

export const softmax: Primitive<"softmax"> = {
  name: "softmax",
  type: alongAxis("softmax", FLOAT),
  gradient: (y, dy, g) => [g.mul(y, g.sub(dy, g.sum(g.mul(dy, y), [y.attrs.axis], true)))],
};

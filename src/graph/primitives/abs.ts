import { NUMBER, unary } from "../families.js";
import type { Primitive } from "../primitive.js";
import { rowByRow } from "../row-rule.js";

/** The gradient at 0 is 0, as in TensorFlow and JAX. */
export const abs: Primitive<"abs"> = unary("abs", NUMBER, "same", rowByRow(), ({ inputs: [x] }, dy, g) => [
  g.mul(dy, g.sign(x!)),
]);

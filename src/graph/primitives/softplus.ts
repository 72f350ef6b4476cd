import { FLOAT, unary } from "../families.js";
import type { Primitive } from "../primitive.js";

/** log(1 + exp(x)), without overflow. */
export const softplus: Primitive<"softplus"> = unary("softplus", FLOAT, "same", ({ inputs: [x] }, dy, g) => [
  g.mul(dy, g.sigmoid(x!)),
]);

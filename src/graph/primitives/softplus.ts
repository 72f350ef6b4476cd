import { FLOAT, unary } from "../families.js";
import type { Primitive } from "../primitive.js";
import { rowByRow } from "../row-rule.js";

/** log(1 + exp(x)), without overflow. */
export const softplus: Primitive<"softplus"> = unary(
  "softplus",
  FLOAT,
  "same",
  rowByRow(),
  ({ inputs: [x] }, dy, g) => [g.mul(dy, g.sigmoid(x!))],
);

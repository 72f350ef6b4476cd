import { FLOAT, unary } from "../families.js";
import type { Primitive } from "../primitive.js";
import { rowByRow } from "../row-rule.js";

export const sin: Primitive<"sin"> = unary("sin", FLOAT, "same", rowByRow(), ({ inputs: [x] }, dy, g) => [
  g.mul(dy, g.cos(x!)),
]);

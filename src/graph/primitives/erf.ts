import { FLOAT, unary } from "../families.js";
import type { Primitive } from "../primitive.js";
import { rowByRow } from "../row-rule.js";

const TWO_OVER_SQRT_PI = 2 / Math.sqrt(Math.PI);

export const erf: Primitive<"erf"> = unary("erf", FLOAT, "same", rowByRow(), ({ inputs: [x] }, dy, g) => [
  g.mul(dy, g.mul(g.scalar(TWO_OVER_SQRT_PI), g.exp(g.neg(g.mul(x!, x!))))),
]);

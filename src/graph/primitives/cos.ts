import { FLOAT, unary } from "../families.js";
import type { Primitive } from "../primitive.js";
import { rowByRow } from "../row-rule.js";

export const cos: Primitive<"cos"> = unary("cos", FLOAT, "same", rowByRow(), ({ inputs: [x] }, dy, g) => [
  g.neg(g.mul(dy, g.sin(x!))),
]);

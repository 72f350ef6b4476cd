import { FLOAT, unary } from "../families.js";
import type { Primitive } from "../primitive.js";

export const cos: Primitive<"cos"> = unary("cos", FLOAT, "same", ({ inputs: [x] }, dy, g) => [
  g.neg(g.mul(dy, g.sin(x!))),
]);

import { FLOAT, unary } from "../families.js";
import type { Primitive } from "../primitive.js";
import { rowByRow } from "../row-rule.js";

export const tanh: Primitive<"tanh"> = unary("tanh", FLOAT, "same", rowByRow(), (y, dy, g) => [
  g.mul(dy, g.sub(g.scalar(1), g.mul(y, y))),
]);

import { FLOAT, unary } from "../families.js";
import type { Primitive } from "../primitive.js";
import { rowByRow } from "../row-rule.js";

export const sigmoid: Primitive<"sigmoid"> = unary("sigmoid", FLOAT, "same", rowByRow(), (y, dy, g) => [
  g.mul(dy, g.mul(y, g.sub(g.scalar(1), y))),
]);

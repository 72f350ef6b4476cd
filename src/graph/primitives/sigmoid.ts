import { FLOAT, unary } from "../families.js";
import type { Primitive } from "../primitive.js";

export const sigmoid: Primitive<"sigmoid"> = unary("sigmoid", FLOAT, "same", (y, dy, g) => [
  g.mul(dy, g.mul(y, g.sub(g.scalar(1), y))),
]);

import { FLOAT, unary } from "../families.js";
import type { Primitive } from "../primitive.js";
import { rowByRow } from "../row-rule.js";

export const sqrt: Primitive<"sqrt"> = unary("sqrt", FLOAT, "same", rowByRow(), (y, dy, g) => [
  g.div(g.mul(dy, g.scalar(0.5)), y),
]);

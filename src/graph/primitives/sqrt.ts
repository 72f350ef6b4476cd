import { FLOAT, unary } from "../families.js";
import type { Primitive } from "../primitive.js";

export const sqrt: Primitive<"sqrt"> = unary("sqrt", FLOAT, "same", (y, dy, g) => [g.div(g.mul(dy, g.scalar(0.5)), y)]);

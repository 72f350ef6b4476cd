import { FLOAT, unary } from "../families.js";
import type { Primitive } from "../primitive.js";

export const exp: Primitive<"exp"> = unary("exp", FLOAT, "same", (y, dy, g) => [g.mul(dy, y)]);

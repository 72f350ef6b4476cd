import { FLOAT, unary } from "../families.js";
import type { Primitive } from "../primitive.js";
import { rowByRow } from "../row-rule.js";

export const exp: Primitive<"exp"> = unary("exp", FLOAT, "same", rowByRow(), (y, dy, g) => [g.mul(dy, y)]);

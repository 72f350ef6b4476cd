import { FLOAT, unary } from "../families.js";
import type { Primitive } from "../primitive.js";

export const sin: Primitive<"sin"> = unary("sin", FLOAT, "same", ({ inputs: [x] }, dy, g) => [g.mul(dy, g.cos(x!))]);

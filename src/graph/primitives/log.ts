import { FLOAT, unary } from "../families.js";
import type { Primitive } from "../primitive.js";

export const log: Primitive<"log"> = unary("log", FLOAT, "same", ({ inputs: [x] }, dy, g) => [g.div(dy, x!)]);

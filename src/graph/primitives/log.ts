import { FLOAT, unary } from "../families.js";
import type { Primitive } from "../primitive.js";
import { rowByRow } from "../row-rule.js";

export const log: Primitive<"log"> = unary("log", FLOAT, "same", rowByRow(), ({ inputs: [x] }, dy, g) => [
  g.div(dy, x!),
]);

import { FLOAT, unary } from "../families.js";
import type { Primitive } from "../primitive.js";
import { rowByRow } from "../row-rule.js";

/** The angle of this tangent, from -π/2 to π/2. */
export const atan: Primitive<"atan"> = unary("atan", FLOAT, "same", rowByRow(), ({ inputs: [x] }, dy, g) => [
  g.div(dy, g.add(g.scalar(1), g.mul(x!, x!))),
]);

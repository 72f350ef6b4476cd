import { binary, NUMBER } from "../families.js";
import type { Primitive } from "../primitive.js";
import { rowByRow } from "../row-rule.js";

/** Remainder with the sign of the divisor, as Python's %. An int32 remainder of 0 is 0. */
export const mod: Primitive<"mod"> = binary("mod", NUMBER, "same", rowByRow(), ({ inputs: [a, b] }, dy, g) => [
  dy,
  g.neg(g.mul(dy, g.floor(g.div(a!, b!)))),
]);

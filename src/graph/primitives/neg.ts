import { NUMBER, unary } from "../families.js";
import type { Primitive } from "../primitive.js";

export const neg: Primitive<"neg"> = unary("neg", NUMBER, "same", (_node, dy, g) => [g.neg(dy)]);

import { NUMBER, unary } from "../families.js";
import type { Primitive } from "../primitive.js";
import { linear, rowByRow } from "../row-rule.js";

export const neg: Primitive<"neg"> = unary("neg", NUMBER, "same", rowByRow(linear), (_node, dy, g) => [g.neg(dy)]);

import { binary, NUMBER } from "../families.js";
import type { Primitive } from "../primitive.js";
import { linear, rowByRow } from "../row-rule.js";

export const sub: Primitive<"sub"> = binary("sub", NUMBER, "same", rowByRow(linear), (_node, dy, g) => [dy, g.neg(dy)]);

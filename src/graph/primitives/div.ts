import { binary, NUMBER } from "../families.js";
import type { Primitive } from "../primitive.js";
import { linearIn, rowByRow } from "../row-rule.js";

/** int32 truncates towards zero; a division of int32 by zero gives 0. */
export const div: Primitive<"div"> = binary("div", NUMBER, "same", rowByRow(linearIn(0)), (y, dy, g) => [
  g.div(dy, y.inputs[1]!),
  g.neg(g.div(g.mul(dy, y), y.inputs[1]!)),
]);

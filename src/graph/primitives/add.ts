import { binary, NUMBER } from "../families.js";
import type { Primitive } from "../primitive.js";
import { linear, rowByRow } from "../row-rule.js";

export const add: Primitive<"add"> = binary("add", NUMBER, "same", rowByRow(linear), (_node, dy) => [dy, dy]);

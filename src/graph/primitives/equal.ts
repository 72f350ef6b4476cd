import { ANY, binary } from "../families.js";
import type { Primitive } from "../primitive.js";
import { rowByRow } from "../row-rule.js";

export const equal: Primitive<"equal"> = binary("equal", ANY, "bool", rowByRow());

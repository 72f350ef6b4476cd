import { BOOL, binary } from "../families.js";
import type { Primitive } from "../primitive.js";
import { rowByRow } from "../row-rule.js";

export const or: Primitive<"or"> = binary("or", BOOL, "same", rowByRow());

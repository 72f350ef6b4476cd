import { BOOL, binary } from "../families.js";
import type { Primitive } from "../primitive.js";
import { rowByRow } from "../row-rule.js";

export const and: Primitive<"and"> = binary("and", BOOL, "same", rowByRow());

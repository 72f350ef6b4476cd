import { BOOL, unary } from "../families.js";
import type { Primitive } from "../primitive.js";
import { rowByRow } from "../row-rule.js";

export const not: Primitive<"not"> = unary("not", BOOL, "same", rowByRow());

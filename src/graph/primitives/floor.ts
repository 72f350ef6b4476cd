import { FLOAT, unary } from "../families.js";
import type { Primitive } from "../primitive.js";
import { rowByRow } from "../row-rule.js";

export const floor: Primitive<"floor"> = unary("floor", FLOAT, "same", rowByRow());

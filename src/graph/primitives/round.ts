import { FLOAT, unary } from "../families.js";
import type { Primitive } from "../primitive.js";
import { rowByRow } from "../row-rule.js";

/** To the nearest whole number, half to even. */
export const round: Primitive<"round"> = unary("round", FLOAT, "same", rowByRow());

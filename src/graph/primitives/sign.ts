import { NUMBER, unary } from "../families.js";
import type { Primitive } from "../primitive.js";
import { rowByRow } from "../row-rule.js";

/** -1, 0 or 1. */
export const sign: Primitive<"sign"> = unary("sign", NUMBER, "same", rowByRow());

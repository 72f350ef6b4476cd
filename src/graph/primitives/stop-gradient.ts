import { ANY, unary } from "../families.js";
import type { Primitive } from "../primitive.js";
import { linear, rowByRow } from "../row-rule.js";

/** The operand itself; no gradient flows back. */
export const stopGradient: Primitive<"stopGradient"> = unary("stopGradient", ANY, "same", rowByRow(linear));

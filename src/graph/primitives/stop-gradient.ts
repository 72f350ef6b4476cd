import { ANY, unary } from "../families.js";
import type { Primitive } from "../primitive.js";

/** The operand itself; no gradient flows back. */
export const stopGradient: Primitive<"stopGradient"> = unary("stopGradient", ANY, "same");

import { binary } from "../families.js";
import type { Primitive } from "../primitive.js";
import { rowByRow } from "../row-rule.js";

/** The bits that both whole numbers have, in two's complement. The other operations on bits are made of it. */
export const bitAnd: Primitive<"bitAnd"> = binary("bitAnd", ["int32"], "same", rowByRow());

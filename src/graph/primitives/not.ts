import { BOOL, unary } from "../families.js";
import type { Primitive } from "../primitive.js";

export const not: Primitive<"not"> = unary("not", BOOL, "same");

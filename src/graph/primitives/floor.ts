import { FLOAT, unary } from "../families.js";
import type { Primitive } from "../primitive.js";

export const floor: Primitive<"floor"> = unary("floor", FLOAT, "same");

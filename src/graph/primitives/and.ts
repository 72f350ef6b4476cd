import { BOOL, binary } from "../families.js";
import type { Primitive } from "../primitive.js";

export const and: Primitive<"and"> = binary("and", BOOL, "same");

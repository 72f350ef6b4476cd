import { BOOL, binary } from "../families.js";
import type { Primitive } from "../primitive.js";

export const or: Primitive<"or"> = binary("or", BOOL, "same");

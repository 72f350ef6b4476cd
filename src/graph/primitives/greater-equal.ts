import { binary, NUMBER } from "../families.js";
import type { Primitive } from "../primitive.js";

export const greaterEqual: Primitive<"greaterEqual"> = binary("greaterEqual", NUMBER, "bool");

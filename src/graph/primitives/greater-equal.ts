import { binary, NUMBER } from "../families.js";
import type { Primitive } from "../primitive.js";
import { rowByRow } from "../row-rule.js";

export const greaterEqual: Primitive<"greaterEqual"> = binary("greaterEqual", NUMBER, "bool", rowByRow());

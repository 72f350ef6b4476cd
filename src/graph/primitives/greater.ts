import { binary, NUMBER } from "../families.js";
import type { Primitive } from "../primitive.js";
import { rowByRow } from "../row-rule.js";

export const greater: Primitive<"greater"> = binary("greater", NUMBER, "bool", rowByRow());

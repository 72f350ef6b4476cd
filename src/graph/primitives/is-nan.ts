import { FLOAT, unary } from "../families.js";
import type { Primitive } from "../primitive.js";
import { rowByRow } from "../row-rule.js";

export const isNan: Primitive<"isNan"> = unary("isNan", FLOAT, "bool", rowByRow());

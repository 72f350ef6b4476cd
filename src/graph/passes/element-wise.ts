import { BINARY, UNARY } from "../interpreter/element-wise.js";
import type { PrimitiveName } from "../primitive.js";

const names = (table: object): PrimitiveName[] => Object.keys(table) as PrimitiveName[];

/** Primitives that broadcast their operands. */
export const BROADCASTING: ReadonlySet<PrimitiveName> = new Set<PrimitiveName>([...names(BINARY), "where"]);

/** Primitives that compute each element of the result from one element of each operand. */
export const ELEMENT_WISE: ReadonlySet<PrimitiveName> = new Set<PrimitiveName>([
  ...names(UNARY),
  ...BROADCASTING,
  "cast",
]);

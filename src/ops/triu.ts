import { build, type Value } from "../graph/index.js";
import { keptWhere } from "./diagonals.js";
import { type Operand, toNumber } from "./operand.js";

/** The last two axes with zeros below diagonal `k` (0: the main one; positive: above it). */
export function triu(x: Operand, k = 0): Value {
  return keptWhere(toNumber(x), k, (row, column) => build.greaterEqual(column, row));
}

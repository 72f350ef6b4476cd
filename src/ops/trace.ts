import { build, type Value } from "../graph/index.js";
import { keptWhere } from "./diagonals.js";
import { type Operand, toNumber } from "./operand.js";

/** Sum of the main diagonal of the last two axes. */
export function trace(x: Operand): Value {
  const value = toNumber(x);
  const rank = value.shape.length;
  return build.sum(
    keptWhere(value, 0, (row, column) => build.equal(row, column)),
    [rank - 2, rank - 1],
  );
}

import { build, type Value } from "../graph/index.js";
import { keptWhere } from "./diagonals.js";
import { type Operand, toNumber } from "./operand.js";

/** The main diagonal of the last two axes, as the last axis: (...i, n, m) -> (...i, n), zeros where n is larger than m. */
export function diagonal(x: Operand): Value {
  const value = toNumber(x);
  return build.sum(
    keptWhere(value, 0, (row, column) => build.equal(row, column)),
    [value.shape.length - 1],
  );
}

import { build, type Value } from "../graph/index.js";
import { keptWhere } from "./diagonals.js";
import { type Operand, toNumber } from "./operand.js";

/** The main diagonal of the last two axes, as the last axis: (...i, n, m) -> (...i, the smaller of n and m). */
export function diagonal(x: Operand): Value {
  const value = toNumber(x);
  const [n, m] = value.shape.slice(-2) as [number, number];
  const along = n > m && m >= 0 ? value.shape.length - 2 : value.shape.length - 1;
  return build.sum(
    keptWhere(value, 0, (row, column) => build.equal(row, column)),
    [along],
  );
}

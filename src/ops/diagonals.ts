import { build, type Value } from "../graph/index.js";

/** A condition on places of (n, m) matrices: on the column, and the row moved to diagonal k. */
export function onDiagonal(n: number, m: number, k: number, holds: (row: Value, column: Value) => Value): Value {
  const rows = build.reshape(build.iota(n), [n, 1]);
  return holds(build.add(rows, build.scalar(k, "int32")), build.reshape(build.iota(m), [1, m]));
}

/** Elements of the last two axes where a condition on their places holds, 0 elsewhere. */
export function keptWhere(x: Value, k: number, holds: (row: Value, column: Value) => Value): Value {
  const [n, m] = x.shape.slice(-2) as [number, number];
  return build.where(onDiagonal(n, m, k, holds), x, build.scalar(0, x.dtype));
}

import { build, type GraphDType, type Value } from "../graph/index.js";
import { onDiagonal } from "./diagonals.js";

/** 1 on a diagonal, 0 elsewhere: (n, m). @param n also a batch dimension @param m default n @param k 0: the main one */
export function eye(n: number, m: number = n, k = 0, dtype: GraphDType = "float32"): Value {
  return build.cast(
    onDiagonal(n, m, k, (row, column) => build.equal(row, column)),
    dtype,
  );
}

import type { Dims } from "../../graph/value.js";

/** Name of a dimension: `rows` or, for k rows, `rows_k`. */
export const dimension = (dim: number): string | number => (dim >= 0 ? dim : dim === -1 ? "rows" : `rows_${-dim}`);

/** Dimensions in order, each batch dimension by itself. */
export function runsOf(dims: Dims): number[][] {
  const runs: number[][] = [];
  for (const dim of dims) {
    const last = runs.at(-1);
    if (last === undefined || dim < 0 || last[0]! < 0) runs.push([dim]);
    else last.push(dim);
  }
  return runs.length === 0 ? [[]] : runs;
}

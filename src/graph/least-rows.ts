import type { Value } from "./value.js";

/** Fewest rows of a batch that a graph can be computed for, and the value that needs them. */
export interface LeastRows {
  readonly rows: number;
  readonly value: Value;
}

/**
 * A graph may take a fixed number of rows: the first two, or the three best of all. Null where one row is enough.
 * @param values of the graph
 */
export function leastRows(values: readonly Value[]): LeastRows | null {
  let least: LeastRows | null = null;
  for (const value of values) {
    const rows = needed(value);
    if (rows > (least?.rows ?? 1)) least = { rows, value };
  }
  return least;
}

function needed(value: Value): number {
  switch (value.op) {
    case "argsort": {
      const { axis, count } = (value as Value<"argsort">).attrs;
      return batches(count, value.inputs[0]!.shape[axis]!);
    }
    case "gather":
      return ofIds(value.inputs[1]!, value.inputs[0]!.shape[0]!);
    case "scatterAdd":
      return ofIds(value.inputs[0]!, value.shape[0]!);
    default:
      return 1;
  }
}

/** Ids that are known before anything runs. */
function ofIds(ids: Value, dim: number): number {
  if (ids.op !== "constant" || dim >= 0) return 1;
  const { data } = (ids as Value<"constant">).attrs.tensor;
  return batches(Math.max(0, ...(data as Int32Array)) + 1, dim);
}

/** Rows of a batch of which so many entries are taken along an axis of k times its rows. */
const batches = (count: number, dim: number): number => (dim < 0 && count > 0 ? Math.ceil(count / -dim) : 1);

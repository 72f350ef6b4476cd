/** Rows `start … end - 1` of the batch. */
export interface RowRange {
  readonly start: number;
  readonly end: number;
}

/** The rows of shard `index` of `shards`: floor(index N / shards) to floor((index + 1) N / shards); may be none. */
export function rowsOfShard(rows: number, shards: number, index: number): RowRange {
  return { start: Math.floor((index * rows) / shards), end: Math.floor(((index + 1) * rows) / shards) };
}

/**
 * Adds up in a fixed binary tree, (0 + 1) + (2 + 3) and so on; a part without a partner joins one level later. `null`
 * (a shard without rows) adds nothing; the result is null when all are. The order depends only on the number of parts.
 */
export function treeSum<T>(parts: readonly (T | null)[], add: (a: T, b: T) => T): T | null {
  if (parts.length === 0) return null;
  if (parts.length === 1) return parts[0]!;
  const sums: (T | null)[] = [];
  for (let i = 0; i < parts.length; i += 2) {
    const [a, b] = [parts[i]!, parts[i + 1] ?? null];
    sums.push(a === null ? b : b === null ? a : add(a, b));
  }
  return treeSum(sums, add);
}

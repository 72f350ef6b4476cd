/** The rows `start … end - 1` of a batch that a shard computes. */
export interface ShardRows {
  readonly start: number;
  readonly end: number;
}

/** The rows of each shard; some are empty when there are fewer rows than shards. */
export function shardRows(rows: number, shards: number): ShardRows[] {
  return Array.from({ length: shards }, (_, shard) => ({
    start: Math.floor((shard * rows) / shards),
    end: Math.floor(((shard + 1) * rows) / shards),
  }));
}

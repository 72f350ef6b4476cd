import type { Value } from "./value.js";

/**
 * A part of a graph between two exchanges of sums. `inputs` are what it needs from outside: leaves (inputs and random
 * numbers; constants belong to the stage itself) and outputs of earlier stages, in the order of their ids.
 * Its values are what `outputs` reach without passing `inputs`.
 */
export interface ComputeStage {
  /**
   * "shards": computed once per shard, on that shard's rows. "once": the same for all shards (no value in it has a
   * batch axis), computed once; its outputs serve every shard.
   */
  readonly kind: "shards" | "once";
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
}

/** Adds the shards' parts in a fixed binary tree: `sums[i]` is the allSum of `parts[i]`. Results serve every shard. */
export interface SumStage {
  readonly kind: "allSum";
  readonly parts: readonly Value[];
  readonly sums: readonly Value[];
}

export type Stage = ComputeStage | SumStage;

/** Why a graph cannot be computed in shards. */
export interface OneShardReason {
  readonly value: Value;
  /** e.g. "softmax over the batch axis mixes rows". */
  readonly why: string;
}

/** A graph as a list of stages, to be executed in this order. */
export interface Plan {
  /** Shards that the plan is for: those asked for, or 1 when the graph mixes rows. */
  readonly shards: number;
  readonly stages: readonly Stage[];
  readonly outputs: readonly Value[];
  /** Not null when more than one shard was asked for and the graph needs one. */
  readonly oneShard: OneShardReason | null;
}

import { exchange } from "./exchange.js";
import { product } from "./fit.js";
import { rewrite } from "./passes/rewrite.js";
import type { Spread } from "./row-rule.js";
import { isScan, recurrences } from "./step.js";
import type { Value } from "./value.js";
import { reachable } from "./walk.js";

/**
 * A part of a graph between two exchanges. `inputs` are what it needs from outside, in the order of their ids: leaves
 * (inputs and random numbers; constants belong to the stage itself), outputs of earlier stages, and exchanges of rows
 * (`allRows` and `ownRows`) of these, which move nothing: rows lie one after the other in one place. Its values are
 * what `outputs` reach without passing `inputs`. An output that is an input or a constant is passed through. An allSum
 * inside a stage is the identity. Very cheap values may be computed in several stages.
 */
export interface ComputeStage {
  /** "shards": computed once per shard, on that shard's rows. "once": computed once, on all rows, for every shard. */
  readonly kind: "shards" | "once";
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
}

/** Adds the shards' parts in a fixed binary tree: `sums[i]` is the allSum of `parts[i]`. All shards use the results. */
export interface SumStage {
  readonly kind: "allSum";
  readonly parts: readonly Value[];
  readonly sums: readonly Value[];
}

export type Stage = ComputeStage | SumStage;

/** A graph as a list of stages, to be executed in this order. */
export interface Plan {
  readonly shards: number;
  readonly stages: readonly Stage[];
  /** The graph's outputs, which may be other values than before, with exchanges between shards. */
  readonly outputs: readonly Value[];
}

const isLeaf = (value: Value): boolean => value.op === "input" || value.op === "random";

/** Replicated values up to this many elements are recomputed where they are used, not passed between stages. */
const SMALL = 64;

/** An exchange of rows between a shard's values and those of all shards: the same memory, seen in another way. */
export function isRowExchange(value: Value): boolean {
  return value.op === "allRows" || value.op === "ownRows";
}

/** The value itself, or the one whose rows are exchanged. */
export function placeOf(value: Value): Value {
  return isRowExchange(value) ? value.inputs[0]! : value;
}

/**
 * Cuts a graph where shards exchange sums or rows. Level k is what needs k exchanges before it; each level has at most
 * one exchange of sums, then one stage for what is done once for all rows, then one for each shard's own rows.
 * Everything is computed as late as possible, so that little has to be passed between stages.
 */
export function plan(outputs: readonly Value[], shards: number): Plan {
  if (shards === 1) {
    const bare = rewrite(outputs, (node, inputs) => (isRowExchange(node) || node.op === "allSum" ? inputs[0]! : null));
    const inputs = reachable(bare).filter(isLeaf);
    return { shards, stages: [{ kind: "shards", inputs, outputs: [...new Set(bare)] }], outputs: bare };
  }
  const { outputs: exchanged, spreads } = exchange(outputs);
  const wanted = exchanged.map(placeOf);
  return { shards, stages: cut(wanted, spreads), outputs: wanted };
}

function cut(outputs: readonly Value[], spreads: ReadonlyMap<Value, Spread>): Stage[] {
  const order = reachable(outputs);
  const kind = (value: Value): Spread => spreads.get(value)!;
  const isSum = (value: Value): boolean => value.op === "allSum" && kind(value.inputs[0]!) === "partial";
  // Own rows are there as soon as the whole value is.
  const isAfter = (value: Value): boolean => isSum(value) || value.op === "allRows";
  const isOnce = (value: Value): boolean => kind(value) === "replicated" || kind(value) === "whole";
  const free = new Set<Value>();
  const level = new Map<Value, number>();
  for (const value of order) {
    level.set(value, Math.max(0, ...value.inputs.map((input) => level.get(input)! + (isAfter(value) ? 1 : 0))));
    const small = value.op === "reshape" || value.op === "broadcast" || product(value.shape) <= SMALL;
    // Every stage can compute what no row is needed for.
    const local =
      kind(value) === "replicated" &&
      value.inputs.every((input) => (isLeaf(input) && kind(input) === "replicated") || free.has(input));
    if (value.op === "constant" || (local && small && !isLeaf(value) && !isSum(value))) free.add(value);
  }
  const last = [...level.values()].reduce((most, at) => Math.max(most, at), 0);
  const late = new Map<Value, number>(order.map((value) => [value, last]));
  const together = new Map(
    recurrences(order).flatMap((results) => results.map((result) => [result, results] as const)),
  );
  for (const value of [...order].reverse()) {
    // The results of a recurrence are computed together; by now all their users have been visited.
    const results = isScan(value) ? together.get(value)! : [];
    if (results[0] === value) {
      const first = Math.min(...results.map((result) => late.get(result)!));
      for (const result of results) late.set(result, first);
    }
    for (const input of value.inputs)
      late.set(input, Math.min(late.get(input)!, late.get(value)! - (isAfter(value) ? 1 : 0)));
  }
  // A sum over rows is computed in the stage of its operand, which then need not be passed on.
  for (const value of order)
    if (value.op === "sum" && kind(value) === "partial") late.set(value, late.get(value.inputs[0]!)!);
  // Leaves and cheap values belong to no stage, unless they are outputs: then the last stages pass them through.
  const wanted = new Set(outputs);
  const homeless = (value: Value): boolean => isLeaf(value) || free.has(value);
  // Deep networks with batch normalization have hundreds of levels, so each value is looked at once, not once a level.
  const levels = Array.from({ length: last + 1 }, () => ({ sums: [], once: [], shards: [] }) as Level);
  for (const value of order) {
    const place = homeless(value) ? (wanted.has(value) ? last : null) : late.get(value)!;
    if (place === null || isRowExchange(value)) continue;
    levels[place]![isSum(value) ? "sums" : isOnce(value) ? "once" : "shards"].push(value);
  }
  const stages: Stage[] = [];
  for (const { sums, ...computed } of levels) {
    if (sums.length > 0) stages.push({ kind: "allSum", parts: sums.map((sum) => sum.inputs[0]!), sums });
    for (const kind of ["once", "shards"] as const)
      if (computed[kind].length > 0) stages.push(computeStage(kind, computed[kind], free));
  }
  return withOutputs(stages, outputs);
}

/** What is computed between two sums over the shards. */
interface Level {
  readonly sums: Value[];
  readonly once: Value[];
  readonly shards: Value[];
}

/** A stage that computes `own`; its outputs are not known yet. */
function computeStage(kind: ComputeStage["kind"], own: readonly Value[], free: ReadonlySet<Value>): ComputeStage {
  const mine = new Set(own);
  const inputs = new Set<Value>();
  const visit = (value: Value): void => {
    for (const input of value.inputs) {
      if (free.has(input)) visit(input);
      else if (!mine.has(input)) inputs.add(input);
    }
  };
  for (const value of own) {
    if (isLeaf(value)) inputs.add(value);
    visit(value);
  }
  return { kind, inputs: [...inputs].sort((a, b) => a.id - b.id), outputs: own };
}

/** Keeps as a stage's outputs what later stages or the graph's outputs need. */
function withOutputs(stages: readonly Stage[], outputs: readonly Value[]): Stage[] {
  const wanted = new Set(outputs);
  for (const stage of stages)
    for (const value of stage.kind === "allSum" ? stage.parts : stage.inputs) wanted.add(placeOf(value));
  return stages.map((stage) => {
    return stage.kind === "allSum" ? stage : { ...stage, outputs: stage.outputs.filter((value) => wanted.has(value)) };
  });
}

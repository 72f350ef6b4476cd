import { batchAxisOf, product } from "../../graph/fit.js";
import type { PrimitiveName } from "../../graph/primitive.js";
import type { Value } from "../../graph/value.js";
import { type ClusterKinds, type KernelCall, kernelCalls } from "../kernels/index.js";

/** What one session computes, or one kernel. */
export type Piece =
  | { readonly kind: "session"; readonly given: ReadonlySet<Value>; readonly outputs: readonly Value[] }
  | { readonly kind: "kernel"; readonly call: KernelCall };

/**
 * Cuts a stage into sessions with kernels between them. A value belongs to the first session that can compute it; the
 * kernels that follow session n come between it and session n + 1.
 */
export function cut(inputs: readonly Value[], outputs: readonly Value[]): Piece[] {
  // Two clusters may each need a part of the other; such a graph is cut without one kind of clusters, or both.
  for (const kinds of KINDS) {
    const pieces = cutWith(inputs, outputs, kinds);
    if (pieces !== null) return pieces;
  }
  throw new Error("Kernels of single values cannot wait for each other");
}

const KINDS: readonly ClusterKinds[] = [
  { channels: true, weights: true },
  { channels: false, weights: true },
  { channels: false, weights: false },
];

function cutWith(inputs: readonly Value[], outputs: readonly Value[], kinds: ClusterKinds): Piece[] | null {
  const given = new Set(inputs);
  const all = reach(outputs, (value) => (given.has(value) ? [] : value.inputs));
  const calls = kernelCalls(given, outputs, all, kinds);
  const operandsOf = (value: Value): readonly Value[] =>
    given.has(value) ? [] : (calls.get(value)?.inputs ?? value.inputs);
  const order = reach(outputs, operandsOf);
  const levels = levelsOf(order, operandsOf, (value) => calls.has(value));
  if (levels === null) return null;

  const wanted = new Set(outputs.filter((value) => !given.has(value)));
  const belongs = (value: Value, level: number): boolean =>
    !given.has(value) && !calls.has(value) && (value.op === "constant" || levels.get(value) === level);
  const free = freeOf(order, given, (value) => calls.has(value));
  const pieces: Piece[] = [];
  const last = Math.max(0, ...levels.values());
  // From the end, because what a later piece needs is an output of an earlier one.
  for (let level = last; level >= 0; level--) {
    const computed = order.filter((value) => calls.has(value) && levels.get(value) === level && wanted.has(value));
    const kernels = new Set(computed.map((value) => calls.get(value)!));
    pieces.push(...[...kernels].reverse().map((call): Piece => ({ kind: "kernel", call })));
    for (const { inputs: operands } of kernels)
      for (const operand of operands) if (!given.has(operand)) wanted.add(operand);
    const sessionOutputs = order.filter((value) => wanted.has(value) && belongs(value, level));
    for (const value of sessionOutputs) wanted.delete(value);
    if (sessionOutputs.length === 0) continue;
    const needed = neededFrom(sessionOutputs, (value) => belongs(value, level) || free.has(value));
    for (const value of needed) if (!given.has(value)) wanted.add(value);
    pieces.push({ kind: "session", given: needed, outputs: sessionOutputs });
  }
  return pieces.reverse();
}

/**
 * For each value, how many kernels in a row come before it; null when values wait for each other. The order of ids is
 * not enough here, because all outputs of a kernel depend on all its operands.
 */
function levelsOf(
  order: readonly Value[],
  operandsOf: (value: Value) => readonly Value[],
  isKernel: (value: Value) => boolean,
): Map<Value, number> | null {
  const levels = new Map<Value, number>();
  const waiting = new Set<Value>();
  const pending = [...order];
  for (let value = pending.at(-1); value !== undefined; value = pending.at(-1)) {
    const operands = operandsOf(value);
    const missing = levels.has(value) ? [] : operands.filter((operand) => !levels.has(operand));
    if (missing.length > 0) {
      if (missing.some((operand) => waiting.has(operand))) return null;
      waiting.add(value);
      pending.push(...missing);
      continue;
    }
    pending.pop();
    waiting.delete(value);
    levels.set(value, Math.max(0, ...operands.map((from) => levels.get(from)! + (isKernel(from) ? 1 : 0))));
  }
  return levels;
}

/** Values that sessions recompute rather than pass on: a few numbers that come from given values. */
function freeOf(order: readonly Value[], given: ReadonlySet<Value>, isKernel: (value: Value) => boolean): Set<Value> {
  const free = new Set<Value>();
  for (const value of order) {
    const isLarge = batchAxisOf(value.shape) >= 0 || product(value.shape) > MAX_FREE;
    if (given.has(value) || isKernel(value) || !FREE.has(value.op) || isLarge) continue;
    if (value.inputs.every((input) => given.has(input) || input.op === "constant" || free.has(input))) free.add(value);
  }
  return free;
}

const FREE: ReadonlySet<PrimitiveName> = new Set(["reshape", "add", "sub", "mul", "div", "neg"]);
const MAX_FREE = 1024;

/** What the values that `inside` accepts need from outside. */
function neededFrom(outputs: readonly Value[], inside: (value: Value) => boolean): Set<Value> {
  const seen = reach(outputs, (value) => (inside(value) ? value.inputs : []));
  return new Set(seen.filter((value) => !inside(value)));
}

/** All values that can be reached, in the order of their ids. */
function reach(from: readonly Value[], next: (value: Value) => readonly Value[]): Value[] {
  const seen = new Set<Value>();
  const pending = [...from];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (seen.has(value)) continue;
    seen.add(value);
    pending.push(...next(value));
  }
  return [...seen].sort((a, b) => a.id - b.id);
}

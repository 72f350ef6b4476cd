import type { Value } from "../../graph/value.js";
import { kernelCallOf } from "../kernels/index.js";

/** What one session computes, or one value that a kernel computes. */
export type Piece =
  | { readonly kind: "session"; readonly given: ReadonlySet<Value>; readonly outputs: readonly Value[] }
  | { readonly kind: "kernel"; readonly node: Value };

const isKernel = (value: Value): boolean => kernelCallOf(value) !== undefined;

/** What a value is computed from; a kernel may do several values' work and read what those read. */
const operandsOf = (value: Value): readonly Value[] => kernelCallOf(value)?.inputs ?? value.inputs;

/**
 * Cuts a stage into sessions with kernels between them. A value belongs to the first session that can compute it; the
 * kernels that follow session n come between it and session n + 1.
 */
export function cut(inputs: readonly Value[], outputs: readonly Value[]): Piece[] {
  const given = new Set(inputs);
  const order = reach(given, outputs);
  const levels = new Map<Value, number>();
  const levelOf = (value: Value): number => {
    const after = operandsOf(value).map((input) => levels.get(input)! + (isKernel(input) && !given.has(input) ? 1 : 0));
    return given.has(value) ? 0 : Math.max(0, ...after);
  };
  for (const value of order) levels.set(value, levelOf(value));

  const wanted = new Set(outputs.filter((value) => !given.has(value)));
  const belongs = (value: Value, level: number): boolean =>
    !given.has(value) && !isKernel(value) && (value.op === "constant" || levels.get(value) === level);
  const pieces: Piece[] = [];
  const last = Math.max(0, ...levels.values());
  // From the end: what a later piece needs is an output of an earlier one.
  for (let level = last; level >= 0; level--) {
    const kernels = order.filter(
      (value) => isKernel(value) && !given.has(value) && levels.get(value) === level && wanted.has(value),
    );
    pieces.push(...kernels.map((node): Piece => ({ kind: "kernel", node })).reverse());
    for (const kernel of kernels) for (const input of operandsOf(kernel)) if (!given.has(input)) wanted.add(input);
    const sessionOutputs = order.filter((value) => wanted.has(value) && belongs(value, level));
    for (const value of sessionOutputs) wanted.delete(value);
    if (sessionOutputs.length === 0) continue;
    const needed = neededFrom(sessionOutputs, (value) => belongs(value, level));
    for (const value of needed) if (!given.has(value)) wanted.add(value);
    pieces.push({ kind: "session", given: needed, outputs: sessionOutputs });
  }
  return pieces.reverse();
}

/** What comes from outside when the values that `inside` accepts are computed. */
function neededFrom(outputs: readonly Value[], inside: (value: Value) => boolean): Set<Value> {
  const outside = new Set<Value>();
  const seen = new Set<Value>();
  const pending = [...outputs];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (seen.has(value)) continue;
    seen.add(value);
    if (!inside(value)) outside.add(value);
    else pending.push(...value.inputs);
  }
  return outside;
}

function reach(given: ReadonlySet<Value>, outputs: readonly Value[]): Value[] {
  const seen = new Set<Value>();
  const pending = [...outputs];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (seen.has(value)) continue;
    seen.add(value);
    if (!given.has(value)) pending.push(...operandsOf(value));
  }
  return [...seen].sort((a, b) => a.id - b.id);
}

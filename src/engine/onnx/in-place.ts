import type { Value } from "../../graph/value.js";
import type { Graph } from "../program-graph.js";
import type { Step } from "./step.js";

/** Which variables are overwritten in place. */
export interface InPlace {
  /** The step from which on nothing can fail: only fused kernels follow. */
  readonly from: number;
  /** Leaves of the variables that these kernels overwrite. */
  readonly variables: ReadonlySet<Value>;
}

/**
 * A failed run must leave all variables as they were, so new values lie beside the old ones until everything is
 * computed. The last kernels of a step, its updates, cannot fail: one that is the only reader of a variable's old value
 * overwrites it, element by element. That is faster, and the variable needs no second place.
 */
export function inPlace(steps: readonly Step[], { results, updates, targets }: Graph): InPlace {
  let from = steps.length;
  for (; from > 0; from--) {
    const step = steps[from - 1]!;
    if (step.kind !== "kernel" || step.each || step.call.cluster === undefined) break;
  }
  const readers = new Map<Value, number>();
  const read = (value: Value): void => void readers.set(value, (readers.get(value) ?? 0) + 1);
  for (const step of steps.slice(from)) if (step.kind === "kernel") for (const value of step.call.inputs) read(value);
  for (const value of [...results.values(), ...updates.values()]) read(value);
  const variables = new Set<Value>();
  for (const step of steps.slice(from)) {
    if (step.kind !== "kernel") continue;
    for (const output of step.outputs) {
      const leaf = targets.get(output);
      if (leaf !== undefined && readers.get(leaf) === 1 && step.call.inputs.includes(leaf)) variables.add(leaf);
    }
  }
  return { from, variables };
}

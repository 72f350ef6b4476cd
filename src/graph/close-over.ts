import { build } from "./build.js";
import { Substitution } from "./substitute.js";
import type { InputValue, Value } from "./value.js";
import { reachable } from "./walk.js";

/** A separate graph over its own leaves, and what it takes from the graph around it. */
export interface Closed {
  readonly outputs: readonly Value[];
  /** The placeholder of each value from around. */
  readonly captured: ReadonlyMap<Value, InputValue>;
}

/**
 * Cuts out the part of a graph that depends on `leaves`. Other values that it uses, random numbers included, become
 * placeholders; constants stay.
 */
export function closeOver(outputs: readonly Value[], leaves: readonly Value[]): Closed {
  const inside = dependents(outputs, leaves);
  const captured = new Map<Value, InputValue>();
  const closed = new Substitution((value) => {
    if (inside.has(value) || value.op === "constant") return null;
    const known = captured.get(value);
    if (known !== undefined) return known;
    const placeholder = build.input(`outer${captured.size}`, value.shape, value.dtype);
    captured.set(value, placeholder);
    return placeholder;
  });
  return { outputs: outputs.map((value) => closed.of(value)), captured };
}

function dependents(outputs: readonly Value[], on: readonly Value[]): Set<Value> {
  const found = new Set<Value>(on);
  for (const value of reachable(outputs)) if (value.inputs.some((input) => found.has(input))) found.add(value);
  return found;
}

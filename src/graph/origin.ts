import { profiling } from "../core/profiling.js";
import { currentScope } from "../core/scope.js";
import type { Value } from "./value.js";

/** The layer that each value was made for. Kept for profiles only. */
const origins = profiling === null ? null : new WeakMap<Value, string>();
let present: string | null = null;

/** Remembers for which layer a new value is. */
export function keepOrigin(value: Value): void {
  origins?.set(value, present ?? currentScope());
}

/** The path of the layer that a value was made for, its gradients included; empty outside of layers, and without a profile. */
export function originOf(value: Value): string {
  return origins?.get(value) ?? "";
}

/** Values that are made inside stand for `value`: a gradient, or what a pass puts in its place. */
export function withOrigin<T>(value: Value, task: () => T): T {
  if (origins === null) return task();
  const before = present;
  present = originOf(value);
  try {
    return task();
  } finally {
    present = before;
  }
}

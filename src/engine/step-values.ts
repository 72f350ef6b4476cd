import type { Value } from "../graph/value.js";

/** What variables hold at one point of a step that is being traced: an update made earlier in it counts at once. */
export class StepValues {
  readonly #now = new Map<object, Value>();
  readonly #all = new Map<object, Value[]>();

  /** The value that the step has given the variable; undefined before it has. */
  get(variable: object): Value | undefined {
    return this.#now.get(variable);
  }

  set(variable: object, value: Value): void {
    this.#now.set(variable, value);
    const all = this.#all.get(variable);
    if (all === undefined) this.#all.set(variable, [value]);
    else all.push(value);
  }

  /** All values that the step has given the variable so far, the first one first. */
  all(variable: object): readonly Value[] {
    return this.#all.get(variable) ?? [];
  }
}

let current: StepValues | null = null;

/** Runs a synchronous task that reads variables as these values say; null: as they are before any step. */
export function withStepValues<T>(values: StepValues | null, task: () => T): T {
  const before = current;
  current = values;
  try {
    return task();
  } finally {
    current = before;
  }
}

/** The values of the step that is being traced; null outside of all. */
export function currentStepValues(): StepValues | null {
  return current;
}

import type { InputValue, Value } from "./value.js";

/**
 * One step of a recurrence: a small separate graph, whose leaves are its placeholders and constants. A step takes the
 * states, one element of each sequence and the captured values (the same in all steps), and gives the next states; a
 * `scan` may ask for any other of its values as a result.
 */
export interface Step {
  readonly states: readonly InputValue[];
  /** The states after the step, in the same shapes. */
  readonly next: readonly Value[];
  /** Placeholders for one element of each sequence: its shape without the first axis. */
  readonly sequences: readonly InputValue[];
  readonly captured: readonly InputValue[];
  /** Runs from the last element to the first; each result stays at the index of its element. */
  readonly reverse: boolean;
}

export type Scan = Value<"scan">;

export function isScan(value: Value): value is Scan {
  return value.op === "scan";
}

/** Results of the same recurrence: the same step over the same operands. */
export function isSibling(a: Scan, b: Scan): boolean {
  const { inputs, attrs } = a;
  return attrs.step === b.attrs.step && inputs.every((input, i) => input === b.inputs[i]);
}

/** The recurrences among `values`, each as the list of its results, in the order of their first results. */
export function recurrences(values: readonly Value[]): Scan[][] {
  const all: Scan[][] = [];
  for (const value of values) {
    if (!isScan(value)) continue;
    const known = all.find(([first]) => isSibling(first!, value));
    if (known === undefined) all.push([value]);
    else known.push(value);
  }
  return all;
}

/** The operands of a scan by their role in its step. */
export function operandsOf(
  step: Step,
  inputs: readonly Value[],
): { readonly initial: readonly Value[]; readonly sequences: readonly Value[]; readonly captured: readonly Value[] } {
  const [states, elements] = [step.states.length, step.states.length + step.sequences.length];
  return {
    initial: inputs.slice(0, states),
    sequences: inputs.slice(states, elements),
    captured: inputs.slice(elements),
  };
}

/** All placeholders, in the order of a scan's operands. */
export function placeholders(step: Step): readonly InputValue[] {
  return [...step.states, ...step.sequences, ...step.captured];
}

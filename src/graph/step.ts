import type { InputValue, Value } from "./value.js";

/**
 * One step of a recurrence: a small graph of its own, whose leaves are its placeholders and constants. A step takes
 * the states, one element of each sequence and what is the same in all steps, and gives the next states; its other
 * results are whatever a `scan` asks for.
 */
export interface Step {
  readonly states: readonly InputValue[];
  /** The states after the step, shaped as the states. */
  readonly next: readonly Value[];
  /** Placeholders of one element a sequence: shaped as the sequence without its first axis. */
  readonly sequences: readonly InputValue[];
  readonly captured: readonly InputValue[];
  /** From the last element to the first. Results keep the places of their elements. */
  readonly reverse: boolean;
}

export type Scan = Value<"scan">;

export function isScan(value: Value): value is Scan {
  return value.op === "scan";
}

/** Results of one and the same recurrence: the same step over the same operands. */
export function isSibling(a: Scan, b: Scan): boolean {
  const { inputs, attrs } = a;
  return attrs.step === b.attrs.step && inputs.every((input, i) => input === b.inputs[i]);
}

/** The recurrences among `values`, each with all of its results, in the order of their first ones. */
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

/** The operands of a scan by what they are to its step. */
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

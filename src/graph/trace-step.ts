import { ShapeError } from "../core/errors.js";
import { build } from "./build.js";
import { closeOver } from "./close-over.js";
import { describe } from "./fit.js";
import type { Step } from "./step.js";
import type { Value } from "./value.js";

/** What a recurrence runs over. */
export interface Recurrence {
  /** States before the first step. */
  readonly states: readonly Value[];
  /** At least one, each (steps, ...) with the same number of steps. */
  readonly sequences: readonly Value[];
  /** Run from the last element to the first; each result stays at the index of its element. Default false. */
  readonly reverse?: boolean;
}

/** Results of a step; or of a recurrence: states after the last step, and outputs of all steps, (steps, ...). */
export interface Stepped {
  readonly states: readonly Value[];
  readonly outputs: readonly Value[];
}

/**
 * Runs `step` over sequences. It is called once, with placeholders for the states and for one element of each sequence.
 * Other values that it uses, random numbers included, are captured: computed once, outside, and the same in all steps.
 * @throws {ShapeError} when there is no sequence, or a state changes its shape
 */
export function recur(
  { states, sequences, reverse = false }: Recurrence,
  step: (states: readonly Value[], elements: readonly Value[]) => Stepped,
): Stepped {
  const own = states.map((state, i) => build.input(`state${i}`, state.shape, state.dtype));
  const elements = sequences.map((x, i) => build.input(`element${i}`, elementShape(x), x.dtype));
  const made = step(own, elements);
  const { outputs: closed, captured } = closeOver([...made.states, ...made.outputs], [...own, ...elements]);
  const next = closed.slice(0, made.states.length);
  const outputs = closed.slice(made.states.length);
  const whole: Step = { states: own, next, sequences: elements, captured: [...captured.values()], reverse };
  const operands = [...states, ...sequences, ...captured.keys()];
  return {
    states: next.map((value) => build.scan(whole, value, true, operands)),
    outputs: outputs.map((value) => build.scan(whole, value, false, operands)),
  };
}

function elementShape(x: Value): readonly number[] {
  if (x.shape.length > 0 && x.shape[0]! > 0) return x.shape.slice(1);
  throw new ShapeError({
    code: "operands",
    what: "A recurrence cannot go over this sequence",
    received: describe(x),
    expected: "(steps, ...) with at least one step, and not the batch as first axis",
    fix: "Transpose it",
  });
}

import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { CellResult, CellStep } from "./recurrent-cell.js";

/** How a cell runs over the steps. */
export interface CellRun {
  readonly initial: readonly Value[];
  /** bool, (batch, steps): where it is false, the states stay and the output is that of the step before. */
  readonly mask: Value | null;
  readonly goBackwards: boolean;
  readonly returnSequences: boolean;
  readonly zeroOutputForMask: boolean;
}

/**
 * Repeats a cell along the second axis of x, (batch, steps, ...). The output is that of all steps, (batch, steps, ...),
 * in the order in which they are made, or the last one.
 */
export function runCell(step: CellStep, x: Value, run: CellRun): CellResult {
  const { initial, mask, goBackwards, returnSequences, zeroOutputForMask } = run;
  const present = mask === null ? [] : [ops.expandDims(stepsFirst(mask), -1)];
  let outputState = -1;
  const whole = ops.recur(
    { states: initial, sequences: [stepsFirst(x), ...present], reverse: goBackwards },
    (before, [element, isPresent]) => {
      const made = step(element!, before);
      const { output, states } = isPresent === undefined ? made : masked(made, before, isPresent, zeroOutputForMask);
      outputState = states.indexOf(output);
      return { states, outputs: [output] };
    },
  );
  const { states, outputs } = whole;
  const isOwn = mask !== null && outputState < 0 && !zeroOutputForMask;
  const all = isOwn ? filled(outputs[0]!, present[0]!, goBackwards) : outputs[0]!;
  if (returnSequences) return { output: stepsFirst(goBackwards ? ops.reverse(all, 0) : all), states };
  // When the last output is a state, no other output is kept.
  if (outputState >= 0) return { output: states[outputState]!, states };
  const last = goBackwards ? 0 : all.shape[0]! - 1;
  return { output: ops.squeeze(ops.slice(all, 0, last, last + 1), 0), states };
}

/** Exchanges the first two axes. */
function stepsFirst(x: Value): Value {
  return ops.swapAxes(x, 0, 1);
}

/** An output that is a state stays with it; before the first step it is the initial state then, as in Keras. */
function masked(
  { output, states }: CellResult,
  before: readonly Value[],
  isPresent: Value,
  zeroOutput: boolean,
): CellResult {
  const kept = states.map((state, i) => ops.where(over(isPresent, state), state, before[i]!));
  if (zeroOutput) return { output: ops.where(over(isPresent, output), output, 0), states: kept };
  const place = states.indexOf(output);
  return { output: place < 0 ? output : kept[place]!, states: kept };
}

/** A mask (batch, 1) with as many axes as what it is for. */
function over(isPresent: Value, { shape }: Value): Value {
  return shape.length === 2
    ? isPresent
    : ops.reshape(
        isPresent,
        shape.map((dim, axis) => (axis === 0 ? dim : 1)),
      );
}

/** Outputs that are no states, (steps, batch, ...): masked ones become the output before them, zeros at the start. */
function filled(outputs: Value, present: Value, reverse: boolean): Value {
  const zeros = ops.full(outputs.shape.slice(1), 0);
  const { outputs: all } = ops.recur(
    { states: [zeros], sequences: [outputs, present], reverse },
    ([before], [output, isPresent]) => {
      const kept = ops.where(over(isPresent!, output!), output!, before!);
      return { states: [kept], outputs: [kept] };
    },
  );
  return all[0]!;
}

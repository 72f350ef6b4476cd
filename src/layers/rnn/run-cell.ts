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
  const all = outputs[0]!;
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

/** As in Keras, the first state stands in for the output before the first step. */
function masked(
  { output, states }: CellResult,
  before: readonly Value[],
  isPresent: Value,
  zeroOutput: boolean,
): CellResult {
  const kept = states.map((state, i) => ops.where(isPresent, state, before[i]!));
  if (zeroOutput) return { output: ops.where(isPresent, output, 0), states: kept };
  return { output: output === states[0] ? kept[0]! : ops.where(isPresent, output, before[0]!), states: kept };
}

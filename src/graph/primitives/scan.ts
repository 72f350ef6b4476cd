import { PRIMITIVES } from "../apply.js";
import { batchAxesOf, describe, misfit, sameDims } from "../fit.js";
import type { Primitive, PrimitiveName } from "../primitive.js";
import type { Operand, RowRule } from "../row-rule.js";
import { operandsOf, placeholders, type Scan, type Step } from "../step.js";
import type { Dims, Value } from "../value.js";
import { reachable } from "../walk.js";

/**
 * A result of a recurrence: (initial states, sequences (steps, ...), captured values) -> the step's value `of` after
 * the last step, or in all steps, stacked along a new first axis. Autodiff differentiates the results of one recurrence
 * together (scan-gradient.ts).
 */
export const scan: Primitive<"scan"> = {
  name: "scan",
  rows: spreadOfScan,
  type(inputs, { step, of, last }) {
    const { sequences } = operandsOf(step, inputs);
    const length = sequences[0]?.shape[0];
    if (length === undefined || length < 1) throw misfit("scan", inputs, "at least one sequence of at least one step");
    if (sequences.some(({ shape }) => shape[0] !== length)) throw misfit("scan", inputs, "sequences of one length");
    checkOperands(step, inputs);
    if (last && !step.next.includes(of)) throw misfit("scan", [of], "a state, for its value after the last step");
    checkStep(step, of);
    return { shape: last ? of.shape : [length, ...of.shape], dtype: of.dtype };
  },
};

function checkOperands(step: Step, inputs: readonly Value[]): void {
  const expected = placeholders(step);
  const elements = new Set<Value>(step.sequences);
  const partOf = (value: Value, placeholder: Value): Dims =>
    elements.has(placeholder) ? value.shape.slice(1) : value.shape;
  const fits = (value: Value | undefined, placeholder: Value): boolean =>
    value !== undefined && value.dtype === placeholder.dtype && sameDims(partOf(value, placeholder), placeholder.shape);
  if (inputs.length !== expected.length || !expected.every((placeholder, i) => fits(inputs[i], placeholder))) {
    throw misfit("scan", inputs, `operands for a step of ${expected.map(describe).join(", ")}`);
  }
  step.next.forEach((next, i) => {
    const state = step.states[i]!;
    if (next.dtype !== state.dtype || !sameDims(next.shape, state.shape)) {
      throw misfit("scan", [next], `a next state shaped as the state before it, ${describe(state)}`);
    }
  });
}

/** What a step cannot contain: random numbers, which it would draw anew, and exchanges between shards. */
const OUTSIDE: ReadonlySet<PrimitiveName> = new Set(["random", "allSum", "allRows", "ownRows"]);

/** Checks that a step has only its own leaves, and nothing that needs all shards together. */
function checkStep(step: Step, of: Value): void {
  const own = new Set<Value>(placeholders(step));
  for (const value of reachable([...step.next, of])) {
    const isForeign = value.op === "input" && !own.has(value);
    if (isForeign || OUTSIDE.has(value.op)) {
      throw misfit("scan", [value], `a step without ${isForeign ? "inputs of others" : value.op}`);
    }
  }
}

/**
 * A step's values spread as in any graph, and a state must do so in the same way before and after the step. A step that
 * needs an exchange between shards is done once, for all rows.
 */
function spreadOfScan({ attrs: { step, of } }: Scan, operands: readonly Operand[]): ReturnType<RowRule<"scan">> {
  if (operands.includes("partial")) return "sums";
  const spreads = new Map<Value, Operand>();
  for (const value of reachable([...step.next, of])) {
    const { rows } = PRIMITIVES[value.op] as Primitive<typeof value.op>;
    const spread = rows(
      value,
      value.inputs.map((input) => spreads.get(input)!),
    );
    if (spread === "crosses" || spread === "sums" || batchAxesOf(value.shape).length > 1) return "crosses";
    spreads.set(value, spread);
  }
  return step.next.some((next) => spreads.get(next) === "partial") ? "crosses" : spreads.get(of)!;
}

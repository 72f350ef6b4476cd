import { build } from "./build.js";
import { isFilledWith } from "./passes/constants.js";
import type { PrimitiveName } from "./primitive.js";
import { operandsOf, placeholders, type Scan, type Step } from "./step.js";
import { Substitution } from "./substitute.js";
import type { InputValue, Value } from "./value.js";
import { reachable } from "./walk.js";

/** A result of a recurrence and its incoming gradient. */
export type Arriving = readonly [result: Scan, dy: Value];

/** The function of autodiff; passed in, since autodiff calls this file. */
type GradFrom = (outputs: readonly Value[], arriving: readonly Value[], wrt: readonly Value[]) => Value[];

/**
 * Gradients of a recurrence's operands, by a second recurrence in the opposite direction. It carries the gradients of
 * the states; the steps' values that it needs become further results of the first. Nothing is hoisted out of its steps
 * here: a pass does that for every recurrence (passes/hoist-scans.ts).
 */
export function scanGradient(arriving: readonly Arriving[], gradFrom: GradFrom): (Value | null)[] {
  const [first] = arriving[0]!;
  const { inputs } = first;
  const { step } = first.attrs;
  const { initial } = operandsOf(step, inputs);
  const isFloat = (value: Value): boolean => value.dtype === "float32";

  // Incoming gradients: from the following step, and from outside.
  const carried = step.next.filter(isFloat).map((next) => build.input("d", next.shape, "float32"));
  const each = arriving.filter(([{ attrs }]) => !attrs.last);
  const outside = each.map(([{ attrs }]) => build.input("dy", attrs.of.shape, "float32"));
  const sources = placeholders(step).filter(isFloat);
  const gradients = gradFrom(
    [...step.next.filter(isFloat), ...each.map(([{ attrs }]) => attrs.of)],
    [...carried, ...outside],
    sources,
  );

  const saved = new SavedValues(first, [...step.next, ...arriving.map(([{ attrs }]) => attrs.of)]);
  const own = new Substitution((value) => saved.placeholderOf(value));
  const found = new Map<Value, Value>(sources.map((source, i) => [source, own.of(gradients[i]!)]));
  // At least one sequence is needed: it gives the number of steps.
  if (each.length + saved.sequences.size === 0) saved.placeholderOf(step.sequences[0]!);
  const back: Step = {
    states: carried,
    next: step.states.filter(isFloat).map((state) => found.get(state)!),
    sequences: [...outside, ...saved.sequences.keys()],
    captured: [...saved.captured.keys()],
    reverse: !step.reverse,
  };
  const atEnd = step.next.filter(isFloat).map((next) => {
    const dys = arriving.filter(([{ attrs }]) => attrs.last && attrs.of === next).map(([, dy]) => dy);
    const zero = (): Value => build.broadcast(build.scalar(0), next.shape);
    return dys.length === 0 ? zero() : dys.reduce((sum, dy) => build.add(sum, dy));
  });
  const operands = [...atEnd, ...each.map(([, dy]) => dy), ...saved.sequences.values(), ...saved.captured.values()];
  const inEachStep = (value: Value): Value => build.scan(back, value, false, operands);

  return placeholders(step).map((source, i): Value | null => {
    const dx = found.get(source);
    if (dx === undefined || isFilledWith(dx, 0)) return null;
    if (i < initial.length) return build.scan(back, dx, true, operands);
    if (i < initial.length + step.sequences.length) return inEachStep(dx);
    // A sum of sums, so that each matrix product among them can become one product over all steps.
    return addends(dx)
      .map((part) => build.sum(inEachStep(part), [0]))
      .reduce((sum, part) => build.add(sum, part));
  });
}

/** Values that are recomputed rather than stored for every step. */
const CHEAP: ReadonlySet<PrimitiveName> = new Set([
  "constant",
  "broadcast",
  "reshape",
  "cast",
  "not",
  "equal",
  "greater",
  "greaterEqual",
]);

/** Turns values of one recurrence's steps into placeholders of another one, and collects their operands. */
class SavedValues {
  readonly sequences = new Map<InputValue, Value>();
  readonly captured = new Map<InputValue, Value>();
  readonly #scan: Scan;
  readonly #steps: ReadonlySet<Value>;
  readonly #known = new Map<Value, InputValue>();

  constructor(scan: Scan, results: readonly Value[]) {
    this.#scan = scan;
    this.#steps = new Set([...reachable(results), ...placeholders(scan.attrs.step)]);
  }

  /** Null for values from outside the step, and for those to be recomputed. */
  placeholderOf(value: Value): InputValue | null {
    if (!this.#steps.has(value) || CHEAP.has(value.op)) return null;
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    const placeholder = build.input(
      value.op === "input" ? (value as InputValue).attrs.name : value.op,
      value.shape,
      value.dtype,
    );
    this.#known.set(value, placeholder);
    const { step } = this.#scan.attrs;
    const { captured } = operandsOf(step, this.#scan.inputs);
    const index = (step.captured as readonly Value[]).indexOf(value);
    if (index >= 0) this.captured.set(placeholder, captured[index]!);
    else this.sequences.set(placeholder, this.#inEachStep(value));
    return placeholder;
  }

  #inEachStep(value: Value): Value {
    const { attrs, inputs } = this.#scan;
    const { step } = attrs;
    const { sequences } = operandsOf(step, inputs);
    const element = (step.sequences as readonly Value[]).indexOf(value);
    return sequences[element] ?? build.scan(step, value, false, inputs);
  }
}

function addends(value: Value): Value[] {
  if (value.op !== "add" || value.inputs.some(({ shape }) => shape.length !== value.shape.length)) return [value];
  return value.inputs.every(({ shape }) => shape.every((dim, i) => dim === value.shape[i]))
    ? value.inputs.flatMap(addends)
    : [value];
}

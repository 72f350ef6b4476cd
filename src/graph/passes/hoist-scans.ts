import { build } from "../build.js";
import { isScan, operandsOf, recurrences, type Scan, type Step } from "../step.js";
import { Substitution } from "../substitute.js";
import type { InputValue, Value } from "../value.js";
import { canVectorize, stacked, type Unrolled, vectorize } from "../vectorize.js";
import { reachable } from "../walk.js";
import { mergeCommon } from "./common.js";
import { foldConstants } from "./constants.js";
import { reassociate } from "./reassociate.js";
import { rewrite } from "./rewrite.js";
import { simplify } from "./simplify.js";

/**
 * Moves work out of the steps of every recurrence and does it for all steps at once: before the recurrence what does
 * not depend on the states, after it what no next state depends on. One large matrix product replaces many small ones,
 * and element-wise work takes few passes.
 */
export function hoistScans(outputs: readonly Value[]): Value[] {
  const families = new Map(
    recurrences(reachable(outputs)).flatMap((results) => results.map((result) => [result, results] as const)),
  );
  const done = new Map<Value, Value>();
  return rewrite(outputs, (node, inputs) => {
    if (!isScan(node)) return null;
    if (!done.has(node)) hoist(families.get(node)!, inputs, done);
    return done.get(node)!;
  });
}

/** Writes the replacement of each result of a recurrence into `done`. */
function hoist(results: readonly Scan[], inputs: readonly Value[], done: Map<Value, Value>): void {
  const { step } = results[0]!.attrs;
  const roots = [...step.next, ...results.map(({ attrs }) => attrs.of)];
  const small = mergeCommon(foldConstants(simplify(reassociate(simplify(roots), new Set(step.states)))));
  const next = small.slice(0, step.next.length);
  const ofs = small.slice(step.next.length);
  const hoisted = new Hoisted(step, next, ofs, inputs);
  for (const [i, { attrs }] of results.entries()) {
    done.set(results[i]!, attrs.last ? hoisted.last(step.next.indexOf(attrs.of)) : hoisted.each(ofs[i]!));
  }
}

/** A recurrence reduced to what must be computed step by step. */
class Hoisted {
  readonly #steps: number;
  /** Values that do not depend on the states, for all steps at once. */
  readonly #before = new Map<Value, Unrolled>();
  /** Results that are computed after the steps. */
  readonly #after = new Map<Value, Value>();
  /** Values that the next states need, computed step by step. */
  readonly #cone = new Set<Value>();
  readonly #step: Step;
  readonly #operands: readonly Value[];
  readonly #inside: Substitution;

  constructor(step: Step, next: readonly Value[], ofs: readonly Value[], inputs: readonly Value[]) {
    const { initial, sequences, captured } = operandsOf(step, inputs);
    this.#steps = sequences[0]!.shape[0]!;
    for (const [i, leaf] of step.sequences.entries()) this.#before.set(leaf, { value: sequences[i]!, stacked: true });
    for (const [i, leaf] of step.captured.entries()) this.#before.set(leaf, { value: captured[i]!, stacked: false });
    for (const value of reachable([...next, ...ofs])) this.#computeBefore(value);
    const pending = [...next];
    for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
      if (this.#cone.has(value) || this.#before.has(value)) continue;
      this.#cone.add(value);
      pending.push(...value.inputs);
    }
    const elements = new Map<InputValue, Value>();
    const outer = new Map<InputValue, Value>();
    this.#inside = new Substitution((value) => {
      const before = value.op === "constant" ? undefined : this.#before.get(value);
      if (before === undefined) return null;
      const leaf = build.input(
        value.op === "input" ? (value as InputValue).attrs.name : value.op,
        value.shape,
        value.dtype,
      );
      (before.stacked ? elements : outer).set(leaf, before.value);
      return leaf;
    });
    const newNext = next.map((value) => this.#inside.of(value));
    for (const of of ofs) this.#prepare(of);
    // At least one sequence must stay: it gives the number of steps.
    if (elements.size === 0) elements.set(step.sequences[0]!, sequences[0]!);
    this.#step = {
      states: step.states,
      next: newNext,
      sequences: [...elements.keys()],
      captured: [...outer.keys()],
      reverse: step.reverse,
    };
    this.#operands = [...initial, ...elements.values(), ...outer.values()];
  }

  /** A state after the last step. */
  last(state: number): Value {
    return build.scan(this.#step, this.#step.next[state]!, true, this.#operands);
  }

  /** A step's value for all steps, stacked. */
  each(value: Value): Value {
    const before = this.#before.get(value);
    if (before !== undefined) return stacked(before, this.#steps);
    let after = this.#after.get(value);
    if (after === undefined) this.#after.set(value, (after = this.#computeAfter(value)));
    return after;
  }

  #computeBefore(value: Value): void {
    if (value.op === "constant") this.#before.set(value, { value, stacked: false });
    const operands = value.inputs.flatMap((input) => this.#before.get(input) ?? []);
    if (operands.length === 0 || operands.length < value.inputs.length) return;
    if (canVectorize(value, (i) => operands[i]!.stacked))
      this.#before.set(value, vectorize(value, operands, this.#steps));
  }

  #isAfter(value: Value): boolean {
    return (
      !this.#cone.has(value) &&
      value.inputs.length > 0 &&
      canVectorize(value, (i) => this.#before.get(value.inputs[i]!)?.stacked ?? true)
    );
  }

  /** Makes the steps compute what a result needs from them. */
  #prepare(value: Value): void {
    if (this.#before.has(value)) return;
    if (this.#isAfter(value)) for (const input of value.inputs) this.#prepare(input);
    else this.#inside.of(value);
  }

  #computeAfter(value: Value): Value {
    if (!this.#isAfter(value)) return build.scan(this.#step, this.#inside.of(value), false, this.#operands);
    const operands = value.inputs.map(
      (input): Unrolled => this.#before.get(input) ?? { value: this.each(input), stacked: true },
    );
    return vectorize(value, operands, this.#steps).value;
  }
}

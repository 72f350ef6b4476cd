import { attrText } from "./print.js";
import { isScan, placeholders, type Step } from "./step.js";
import type { InputValue, Value } from "./value.js";

/** A graph told apart from others by what it computes, whatever values it is made of. */
export interface Structure {
  /** Equal for graphs that differ in the elements of their constants alone. */
  readonly key: string;
  /** The constants, in an order that depends on the key alone. Those inside the steps of recurrences belong to the key. */
  readonly constants: readonly Value<"constant">[];
  readonly inputs: readonly InputValue[];
}

/** @param nameOf a name for each input, which is part of the key: the same for the same input */
export function structureOf(outputs: readonly Value[], nameOf: (input: InputValue) => string): Structure {
  const text = new StructureText(nameOf, false);
  const roots = outputs.map((value) => text.of(value));
  return { key: [...text.lines, roots.join(" ")].join("\n"), constants: text.constants, inputs: text.inputs };
}

class StructureText {
  readonly lines: string[] = [];
  readonly constants: Value<"constant">[] = [];
  readonly inputs: InputValue[] = [];
  readonly #nameOf: (input: InputValue) => string;
  /** Whether the elements of constants are part of the text. */
  readonly #whole: boolean;
  readonly #numbers = new Map<Value, number>();
  readonly #steps = new Map<Step, number>();

  constructor(nameOf: (input: InputValue) => string, whole: boolean) {
    this.#nameOf = nameOf;
    this.#whole = whole;
  }

  /** The number of a value: that of its line. Operands come first, so the order does not depend on when they were made. */
  of(root: Value): number {
    const pending = [root];
    for (let value = pending.at(-1); value !== undefined; value = pending.at(-1)) {
      const missing = this.#numbers.has(value) ? [] : value.inputs.filter((input) => !this.#numbers.has(input));
      if (missing.length > 0) {
        pending.push(...missing);
        continue;
      }
      pending.pop();
      if (!this.#numbers.has(value)) this.#add(value);
    }
    return this.#numbers.get(root)!;
  }

  #add(value: Value): void {
    const operands = value.inputs.map((input) => this.#numbers.get(input)!).join(" ");
    const attrs = this.#attrs(value);
    this.#numbers.set(value, this.lines.length);
    this.lines.push(`${value.op} ${operands} ${attrs}`);
  }

  #attrs(value: Value): string {
    if (value.op === "constant") {
      const constant = value as Value<"constant">;
      this.constants.push(constant);
      const { data } = constant.attrs.tensor;
      return `${value.dtype} ${value.shape.join(" ")}${this.#whole ? ` = ${Array.from(data as Float32Array)}` : ""}`;
    }
    if (value.op === "input") {
      this.inputs.push(value as InputValue);
      return `${this.#nameOf(value as InputValue)} ${value.dtype} ${value.shape.join(" ")}`;
    }
    // A stated gradient has been taken by now, or is not wanted.
    if (value.op === "customGradient") return "";
    if (isScan(value)) {
      const { step, of, last } = value.attrs;
      return `${this.#step(step)} ${last} ${stepText(step, [of])}`;
    }
    const names = Object.keys(value.attrs).sort();
    return names.map((name) => `${name}=${attrText((value.attrs as Record<string, unknown>)[name])}`).join(" ");
  }

  /** Results of one recurrence are computed together, so it counts which of them share their step. */
  #step(step: Step): number {
    const known = this.#steps.get(step);
    if (known !== undefined) return known;
    this.#steps.set(step, this.#steps.size);
    return this.#steps.size - 1;
  }
}

function stepText(step: Step, results: readonly Value[]): string {
  const leaves = new Map<Value, number>(placeholders(step).map((leaf, i) => [leaf, i]));
  const text = new StructureText((leaf) => `placeholder ${leaves.get(leaf)}`, true);
  const roots = [...step.next, ...results].map((value) => text.of(value));
  return `(${step.reverse} ${step.states.length} ${step.sequences.length}\n${text.lines.join("\n")}\n${roots.join(" ")})`;
}

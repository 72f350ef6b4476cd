import { PRIMITIVES } from "./apply.js";
import type { Primitive } from "./primitive.js";
import type { Operand, Spread } from "./row-rule.js";
import type { Value } from "./value.js";

/** The spread of every value of a graph, given in the order of their ids. */
export function spreadOf(values: readonly Value[]): Map<Value, Spread> {
  const spreads = new Map<Value, Spread>();
  for (const value of values) {
    const inputs = value.inputs.map((input) => spreads.get(input)!);
    const { rows } = PRIMITIVES[value.op] as Primitive<typeof value.op>;
    const isMixed = inputs.find(({ kind }) => kind === "mixed");
    spreads.set(
      value,
      isMixed ??
        rows(
          value,
          inputs.map(({ kind }) => kind as Operand),
        ),
    );
  }
  return spreads;
}

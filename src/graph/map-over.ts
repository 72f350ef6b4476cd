import { ShapeError } from "../core/errors.js";
import { build } from "./build.js";
import { closeOver } from "./close-over.js";
import { describe } from "./fit.js";
import { recur } from "./trace-step.js";
import type { Value } from "./value.js";
import { canVectorize, stacked, type Unrolled, vectorize } from "./vectorize.js";
import { reachable } from "./walk.js";

/**
 * A function of the elements along the first axes, for all of them: at once where every primitive can do so, else one
 * after the other. The first axis may be the batch, then only at once.
 * @throws {ShapeError} for values whose first axes differ, and for a primitive that does not work row by row
 */
export function mapOver(sequences: readonly Value[], fn: (elements: readonly Value[]) => readonly Value[]): Value[] {
  const count = sequences[0]?.shape[0];
  if (count === undefined || sequences.some(({ shape }) => shape[0] !== count)) throw notOneLength(sequences);
  const elements = sequences.map((x, i) => build.input(`element${i}`, x.shape.slice(1), x.dtype));
  const { outputs, captured } = closeOver(fn(elements), elements);
  const known = new Map<Value, Unrolled>(
    elements.map((leaf, i) => [leaf, { value: sequences[i]!, stacked: true }] as const),
  );
  for (const [value, leaf] of captured) known.set(leaf, { value, stacked: false });
  for (const value of reachable(outputs)) {
    if (known.has(value)) continue;
    const operands = value.inputs.map((input) => known.get(input)!);
    if (value.op === "constant") known.set(value, { value, stacked: false });
    else if (canVectorize(value, (i) => operands[i]!.stacked)) known.set(value, vectorize(value, operands, count));
    else return oneByOne(count, value, sequences, fn);
  }
  return outputs.map((output) => stacked(known.get(output)!, count));
}

function oneByOne(
  count: number,
  value: Value,
  sequences: readonly Value[],
  fn: (elements: readonly Value[]) => readonly Value[],
): Value[] {
  if (count > 0)
    return [...recur({ states: [], sequences }, (_, items) => ({ states: [], outputs: fn(items) })).outputs];
  throw new ShapeError({
    code: "map-rows",
    what: `A function of single rows cannot use ${value.op}`,
    received: describe(value),
    expected: "operations that work on all rows at once",
    fix: "Use the operation on the whole batch instead of on single rows",
  });
}

function notOneLength(sequences: readonly Value[]): ShapeError {
  return new ShapeError({
    code: "map-lengths",
    what: "A function of elements is mapped over values with the same first axis",
    received: sequences.map(describe).join(", ") || "none",
    fix: "Give at least one value, and all with as many elements",
  });
}

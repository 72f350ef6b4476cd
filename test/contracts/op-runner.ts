import { interpret, type Value } from "../../src/graph/index.js";
import * as ops from "../../src/ops/index.js";
import { factorsFor, flat, type Nested, noFixture, slopes } from "./by-hand.js";
import { kerasFamilies } from "./fixture.js";
import type { OpCase } from "./op-case.js";

/** A tensor as the fixtures have it. */
export interface Plain {
  readonly shape: readonly number[];
  readonly dtype: "float32" | "int32" | "bool";
  readonly data: readonly (number | string)[];
}
/** An operation's operands, and what Keras makes of them. */
export interface Row {
  readonly inputs: readonly Plain[];
  readonly output: Plain;
  readonly gradients?: Readonly<Record<string, Plain>>;
}
export const FIXTURE: Readonly<Record<string, Readonly<Record<string, Row>>>> =
  kerasFamilies<Readonly<Record<string, Row>>>("ops");
export const ROWS = 3;
export const numbers = ({ data }: Plain): number[] => data.map(Number);

/** Inputs for a row's operands, those of the batch as such. */
export function inputsOf({ batch }: OpCase, row: Row): Value[] {
  return row.inputs.map(({ shape, dtype }, i) => {
    const follows = shape[0] === ROWS && shape.length > 0 && row.inputs[0]!.shape[0] === ROWS;
    const batched =
      batch === undefined
        ? follows && row.inputs.every((other) => other.shape.length <= shape.length)
        : batch.includes(i);
    return ops.input(`x${i}`, batched ? [-1, ...shape.slice(1)] : shape, dtype);
  });
}

/** The expected values of a row. Gradients of rows worked out by hand are central differences of the result. */
export function knownOf(name: string, row: OpCase): Row {
  const { label, call, byHand } = row;
  if (byHand === undefined) {
    const known = FIXTURE[name]?.[label];
    if (known === undefined) throw noFixture("ops", `${name}, ${label}`);
    return known;
  }
  const plain = (numbers: Nested): Plain => ({ ...flat(numbers), dtype: "float32" });
  const inputs = byHand.inputs.map(plain);
  const output = plain(byHand.output);
  const leaves = inputs.map(({ shape }, i) => ops.input(`x${i}`, shape));
  const result = call(...leaves);
  const factors = factorsFor(output.data.length);
  const total = (k: number, at: readonly number[]): number => {
    const feeds = new Map(leaves.map((leaf, i) => [leaf, i === k ? at : numbers(inputs[i]!)] as const));
    return interpret([result], { feeds })[0]!.data.reduce((sum, value, i) => sum + value * factors[i]!, 0);
  };
  const gradients = inputs.map((input, k) => [k, { ...input, data: slopes((at) => total(k, at), numbers(input)) }]);
  return { inputs, output, gradients: Object.fromEntries(gradients) };
}

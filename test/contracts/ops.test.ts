import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { grad, interpret, interpretPlan, plan, type Value, verify } from "../../src/graph/index.js";
import * as ops from "../../src/ops/index.js";
import { factorsFor, flat, type Nested, noFixture, slopes } from "./by-hand.js";
import { firstDifference } from "./close.js";
import { OP_CASES, type OpCase } from "./ops.cases.js";

interface Plain {
  readonly shape: readonly number[];
  readonly dtype: "float32" | "int32" | "bool";
  readonly data: readonly (number | string)[];
}
interface Row {
  readonly inputs: readonly Plain[];
  readonly output: Plain;
  readonly gradients?: Readonly<Record<string, Plain>>;
}
type Fixture = Readonly<Record<string, Readonly<Record<string, Row>>>>;

const FIXTURE = JSON.parse(readFileSync(new URL("../fixtures/keras/ops.json", import.meta.url), "utf8")) as Fixture;
const ROWS = 3;
const numbers = ({ data }: Plain): number[] => data.map(Number);

function inputsOf({ batch }: OpCase, row: Row): Value[] {
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
function knownOf(name: string, row: OpCase): Row {
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

describe.each(Object.keys(OP_CASES) as (keyof typeof OP_CASES)[])("%s", (name) => {
  it("has a row for each case of the fixture", () => {
    const fromKeras = OP_CASES[name].filter(({ byHand }) => byHand === undefined);
    expect(fromKeras.map(({ label }) => label)).toEqual(Object.keys(FIXTURE[name] ?? {}));
  });

  it.each(OP_CASES[name].map((row) => [row.label, row] as const))(
    "%s: as Keras, value and gradients",
    (_label, row) => {
      const known = knownOf(name, row);
      const inputs = inputsOf(row, known);
      const output = row.call(...inputs);
      verify([output]);
      expect(output.dtype).toBe(known.output.dtype);
      const feeds = new Map(inputs.map((input, i) => [input, numbers(known.inputs[i]!)] as const));
      const [value] = interpret([output], { feeds, rows: ROWS });
      expect(value!.shape).toEqual(known.output.shape);
      expect(firstDifference(value!.data, numbers(known.output))).toBeNull();

      const wrt = Object.keys(known.gradients ?? {}).map((i) => inputs[Number(i)]!);
      const weights = factorsFor(known.output.data.length);
      const weight = ops.input("weight", output.shape);
      const gradients = wrt.length === 0 ? [] : grad(ops.sum(ops.multiply(output, weight)), wrt);
      interpret(gradients, { feeds: new Map([...feeds, [weight, weights]]), rows: ROWS }).forEach(({ data }, k) => {
        const expected = Object.values(known.gradients!)[k]!;
        expect(firstDifference(data, numbers(expected)), `gradient ${k}`).toBeNull();
      });
    },
  );

  it.each(OP_CASES[name].map((row) => [row.label, row] as const))(
    "%s: the same in two and three shards",
    (_label, row) => {
      const known = knownOf(name, row);
      const inputs = inputsOf(row, known);
      const output = row.call(...inputs);
      const feeds = new Map(inputs.map((input, i) => [input, numbers(known.inputs[i]!)] as const));
      for (const shards of [2, 3]) {
        const [value] = interpretPlan(plan([output], shards), { feeds, rows: ROWS });
        expect(value!.shape).toEqual(known.output.shape);
        expect(firstDifference(value!.data, numbers(known.output))).toBeNull();
      }
    },
  );
});

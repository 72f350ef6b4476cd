import { beforeAll, describe, expect, it } from "vitest";
import type { Tensor } from "../../src/core/tensor.js";
import type { Engine } from "../../src/engine/index.js";
import { type InputValue, interpret, interpretPlan, plan, shapeAt, type Value, verify } from "../../src/graph/index.js";
import * as ops from "../../src/ops/index.js";
import { slopes } from "./by-hand.js";
import { firstDifference } from "./close.js";
import { ENGINES } from "./engines.js";
import { kerasFamilies } from "./fixture.js";
import type { OpCase } from "./op-case.js";
import { inputsOf, knownOf, numbers, type Plain, ROWS } from "./op-runner.js";
import { OP_CASES } from "./ops.cases.js";

const FIXTURE = kerasFamilies<Readonly<Record<string, Readonly<Record<string, Plain>>>>>("ops-second");

/** One case: d/dx of sum(w * d/dx sum(v * f(x))) for each float operand x, and what feeds it. */
interface Second {
  readonly label: string;
  readonly values: readonly Value[];
  readonly expected: readonly (readonly number[])[];
  readonly feeds: ReadonlyMap<Value, readonly number[]>;
}

/** The factors v (k = 0) and w (k = 1, 2, …) of the script that makes the fixture. */
const factors = (size: number, k: number): number[] =>
  Array.from({ length: size }, (_, i) => Math.cos(i * 2.3 + k) + 0.1);

function secondOf(name: keyof typeof OP_CASES, row: OpCase): Second | null {
  const known = knownOf(name, row);
  const inputs = inputsOf(row, known);
  const output = row.call(...inputs);
  const wrt = inputs.filter(({ dtype }) => dtype === "float32");
  if (output.dtype !== "float32" || wrt.length === 0) return null;
  const feeds = new Map<Value, readonly number[]>(inputs.map((input, i) => [input, numbers(known.inputs[i]!)]));
  const weight = (like: Value, k: number): Value => {
    const whole = ops.input("whole", like.shape);
    const elements = factors(
      shapeAt(like.shape, ROWS).reduce((a, b) => a * b, 1),
      k,
    );
    // Engines take the batch as first axis.
    const axis = Math.max(
      0,
      like.shape.findIndex((dim) => dim < 0),
    );
    const first = axis === 0 ? whole : ops.moveAxis(whole, axis, 0);
    const input = ops.input(`${name} ${row.label} ${k}`, first.shape);
    feeds.set(input, [...interpret([first], { feeds: new Map([[whole, elements]]), rows: ROWS })[0]!.data]);
    return axis === 0 ? input : ops.moveAxis(input, 0, axis);
  };
  const zero = { unconnected: "zero" } as const;
  const first = ops.gradients(output, wrt, { ...zero, outputGradients: weight(output, 0) });
  const values = ops.gradients(first, wrt, { ...zero, outputGradients: first.map((g, k) => weight(g, k + 1)) });
  const jax = FIXTURE[name]?.[row.label];
  if (jax === undefined && row.byHand === undefined)
    throw new Error(
      `no second gradients for ${name}, ${row.label}: run interop/.venv/bin/python interop/fixtures/ops.py`,
    );
  const expected = wrt.map((x, k) => {
    if (jax !== undefined) return numbers(Object.values(jax)[k]!);
    const total = (at: readonly number[]): number =>
      interpret(first, { feeds: new Map([...feeds, [x, at]]), rows: ROWS })
        .map(({ data }, j) => data.reduce((sum, g, i) => sum + g * factors(data.length, j + 1)[i]!, 0))
        .reduce((a, b) => a + b);
    return slopes(total, feeds.get(x)!);
  });
  return { label: row.label, values, expected, feeds };
}

/** Their second gradients go through those of decompositions, as graphs that take minutes: PAWL_SECOND=full has them too. */
const LONG: ReadonlySet<string> = new Set(["pinv", "lstsq", "eigh"]);
const NAMES = (Object.keys(OP_CASES) as (keyof typeof OP_CASES)[]).filter(
  (name) => process.env["PAWL_SECOND"] === "full" || !LONG.has(name),
);
const casesOf = (name: keyof typeof OP_CASES): Second[] =>
  OP_CASES[name].map((row) => secondOf(name, row)).filter((second) => second !== null);

describe("second gradients of every operation", () => {
  it.each(NAMES)("%s: as JAX, in one, two and three shards", (name) => {
    for (const { label, values, expected, feeds } of casesOf(name)) {
      verify(values);
      for (const shards of [1, 2, 3]) {
        const results = interpretPlan(plan(values, shards), { feeds, rows: ROWS });
        results.forEach(({ data }, k) => {
          expect(firstDifference(data, expected[k]!), `${label}, operand ${k}, ${shards} shards`).toBeNull();
        });
      }
    }
  });
});

/** Beside the largest element: float32 has no more digits where terms cancel. */
function farthest({ data }: Tensor, expected: readonly number[]): number {
  const scale = expected.reduce((most, x) => Math.max(most, Math.abs(x)), 1e-3);
  return expected.reduce((most, x, i) => Math.max(most, Math.abs(Number(data[i]) - x) / scale), 0);
}

describe.each(ENGINES.slice(0, 1))("second gradients on the %s engine", (_, start) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await start();
  });

  it.each(NAMES)("%s, in one, two and three shards", async (name) => {
    const cases = casesOf(name);
    if (cases.length === 0) return;
    const keyed = cases.flatMap(({ label, values, expected }) =>
      values.map((value, k) => [`${label} ${k}`, value, expected[k]!] as const),
    );
    const feeds = new Map(cases.flatMap((one) => [...one.feeds] as [InputValue, readonly number[]][]));
    for (const shards of [1, 2, 3]) {
      const results = Object.fromEntries(keyed.map(([key, value]) => [key, value]));
      const program = await engine.compile({ name, results, updates: new Map(), shards });
      const actual = await program.run({ rows: ROWS, feeds, seed: 0, iteration: 0 });
      for (const [key, , expected] of keyed)
        expect(farthest(actual[key]!, expected), `${key}, ${shards} shards`).toBeLessThan(1e-5);
      program.dispose();
    }
  });
});

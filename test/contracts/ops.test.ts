import { describe, expect, it } from "vitest";
import { grad, interpret, interpretPlan, plan, verify } from "../../src/graph/index.js";
import * as ops from "../../src/ops/index.js";
import { factorsFor } from "./by-hand.js";
import { firstDifference } from "./close.js";
import { FIXTURE, inputsOf, knownOf, numbers, ROWS } from "./op-runner.js";
import { OP_CASES } from "./ops.cases.js";

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

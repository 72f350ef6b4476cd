import { beforeAll, describe, expect, it } from "vitest";
import type { Tensor } from "../../src/core/tensor.js";
import type { Engine } from "../../src/engine/index.js";
import {
  build,
  grad,
  type InputValue,
  interpret,
  type PrimitiveName,
  shapeAt,
  type Value,
} from "../../src/graph/index.js";
import { ENGINES } from "./engines.js";
import { graphOf, PRIMITIVE_CASES } from "./primitives.cases.js";

const ROWS = [3, 1, 5];
const SHARDS = [1, 3];
const RUN = { seed: 11, iteration: 4 };

const sumOfSquares = (x: Value): Value =>
  build.sum(
    build.mul(x, x),
    x.shape.map((_, axis) => axis),
  );

/** The case's value and, if it is differentiable, the gradients of the sum of its squares, first and second. */
function valuesOf(output: Value, inputs: readonly Value[], hasGradient: boolean): Record<string, Value> {
  const wrt = inputs.filter((input) => input.dtype === "float32");
  if (output.dtype !== "float32" || !hasGradient || wrt.length === 0) return { output };
  const axes = output.shape.map((_, axis) => axis);
  const gradients = grad(build.sum(build.mul(output, output), axes), wrt);
  const slope = gradients.map(sumOfSquares).reduce((a, b) => build.add(a, b));
  const named = (name: string, values: readonly Value[]) => values.map((value, i) => [`${name}${i}`, value] as const);
  return Object.fromEntries([
    ["output", output],
    ...named("gradient", gradients),
    ...named("second", grad(slope, wrt)),
  ]);
}

/** Compares float32 with float64, relative to the largest element, since sums cancel. Infinities and NaN exactly. */
function expectClose(actual: Tensor, expected: ArrayLike<number>, dtype: string): void {
  expect(actual.data.length).toBe(expected.length);
  const scale = Math.max(1e-3, ...Array.from(expected, (x) => (Number.isFinite(x) ? Math.abs(x) : 0)));
  for (let i = 0; i < expected.length; i++) {
    const [a, b] = [Number(actual.data[i]), expected[i]!];
    const isEqual = Object.is(a, b) || a === b;
    if (!isEqual && !(dtype === "float32" && Math.abs(a - b) <= 2e-6 * scale)) {
      expect.fail(`element ${i} is ${a}, the interpreter has ${b}`);
    }
  }
}

describe.each(ENGINES)("%s engine", (_, start) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await start();
  });

  describe.each(Object.keys(PRIMITIVE_CASES) as PrimitiveName[])("%s", (name) => {
    const cases = PRIMITIVE_CASES[name].flatMap((row) => SHARDS.map((shards) => [row.name, shards, row] as const));
    it.each(cases)("%s, in shards: %i", async (_name, shards, row) => {
      const { output, inputs, feeds } = graphOf(row, ROWS[0]!);
      const values = valuesOf(output, inputs, row.gradient !== false);
      const program = await engine.compile({ name: "case", results: values, updates: new Map(), shards });
      for (const rows of ROWS) {
        const fed = new Map<InputValue, ArrayLike<number>>();
        for (const input of inputs as InputValue[]) {
          const size = shapeAt(input.shape, rows).reduce((a, b) => a * b, 1);
          const given = feeds.get(input)!;
          fed.set(
            input,
            Float32Array.from({ length: size }, (_value, i) => given[i % given.length]!),
          );
        }
        const actual = await program.run({ rows, feeds: fed, ...RUN });
        const expected = interpret(Object.values(values), { feeds: fed, rows, ...RUN });
        Object.entries(values).forEach(([key, value], i) => {
          expect(actual[key]!.shape).toEqual(shapeAt(value.shape, rows));
          expect(actual[key]!.dtype).toBe(value.dtype);
          expectClose(actual[key]!, expected[i]!.data, value.dtype);
        });
      }
      program.dispose();
    });
  });
});

import { describe, expect, it } from "vitest";
import {
  build,
  grad,
  interpret,
  interpretPlan,
  type PrimitiveName,
  plan,
  shapeAt,
  type Value,
  verify,
} from "../../src/graph/index.js";
import { graphOf, PRIMITIVE_CASES } from "./primitives.cases.js";

const ROWS = 3;
const STEP = 1e-5;

/** A scalar that depends on every element of `values`, each with its own weight. */
function weighted(values: readonly Value[]): { loss: Value; feeds: Map<Value, Float64Array> } {
  const feeds = new Map<Value, Float64Array>();
  const terms = values.map((value, k) => {
    const weight = build.input(`weight${k}`, value.shape, "float32");
    const size = shapeAt(value.shape, ROWS).reduce((a, b) => a * b, 1);
    feeds.set(
      weight,
      Float64Array.from({ length: size }, (_, i) => Math.cos(i * 1.7 + k) + 0.1),
    );
    const product = build.mul(value, weight);
    return build.sum(
      product,
      product.shape.map((_, axis) => axis),
    );
  });
  return { loss: terms.reduce((a, b) => build.add(a, b)), feeds };
}

/** Compares gradients with central differences, element by element. */
function expectGradients(loss: Value, wrt: readonly Value[], feeds: ReadonlyMap<Value, Float64Array>): void {
  const gradients = grad(loss, wrt);
  verify(gradients);
  const computed = interpret(gradients, { feeds, rows: ROWS, seed: 1, iteration: 2 });
  wrt.forEach((input, k) => {
    const at = feeds.get(input)!;
    expect(gradients[k]!.shape).toEqual(input.shape);
    at.forEach((x, i) => {
      const lossAt = (moved: number): number => {
        const around = new Map(feeds).set(
          input,
          at.map((y, j) => (j === i ? moved : y)),
        );
        return interpret([loss], { feeds: around, rows: ROWS, seed: 1, iteration: 2 })[0]!.data[0]!;
      };
      const difference = (lossAt(x + STEP) - lossAt(x - STEP)) / (2 * STEP);
      const gradient = computed[k]!.data[i]!;
      expect(
        Math.abs(gradient - difference),
        `element ${i} of operand ${k}: ${gradient} and ${difference}`,
      ).toBeLessThan(1e-6 * Math.max(1, Math.abs(difference)));
    });
  });
}

describe.each(Object.keys(PRIMITIVE_CASES) as PrimitiveName[])("%s", (name) => {
  describe.each(PRIMITIVE_CASES[name].map((row) => [row.name, row] as const))("%s", (_, row) => {
    it("its type is that of the interpreter's result, for any number of rows", () => {
      for (const rows of [1, ROWS, 5]) {
        const { output, feeds } = graphOf(row, rows);
        verify([output]);
        const [result] = interpret([output], { feeds, rows, seed: 1, iteration: 2 });
        expect(result!.shape).toEqual(shapeAt(output.shape, rows));
        expect(result!.data.length).toBe(result!.shape.reduce((a, b) => a * b, 1));
        const allowed = {
          bool: (x: number) => x === 0 || x === 1,
          int32: (x: number) => (x | 0) === x,
          float32: () => true,
        };
        expect(result!.data.every(allowed[output.dtype])).toBe(true);
      }
    });

    it.each([2, 3, 7])("it and its first and second gradients give the same in %d shards as in one", (shards) => {
      const { output, inputs, feeds } = graphOf(row, 5);
      const wrt = inputs.filter((input) => input.dtype === "float32");
      const isDifferentiable = output.dtype === "float32" && row.gradient !== false && wrt.length > 0;
      const all = output.shape.map((_, axis) => axis);
      const loss = isDifferentiable ? build.sum(build.mul(output, output), all) : null;
      const first = loss === null ? [] : grad(loss, wrt);
      const slope = first
        .map((g) =>
          build.sum(
            build.mul(g, g),
            g.shape.map((_, axis) => axis),
          ),
        )
        .reduce((a: Value | null, b) => (a === null ? b : build.add(a, b)), null);
      const values = [output, ...first, ...(slope === null ? [] : grad(slope, wrt))];
      const environment = { feeds, rows: 5, seed: 1, iteration: 2 };
      const [one, more] = [1, shards].map((count) => interpretPlan(plan(values, count), environment));
      more!.forEach(({ data, shape }, i) => {
        expect(shape).toEqual(one![i]!.shape);
        data.forEach((x, k) => {
          const expected = one![i]!.data[k]!;
          if (!Object.is(x, expected))
            expect(Math.abs(x - expected)).toBeLessThan(1e-9 * Math.max(1, Math.abs(expected)));
        });
      });
    });

    it("its first and second gradients are those of central differences", () => {
      const { output, inputs, feeds } = graphOf(row, ROWS);
      const wrt = inputs.filter((input) => input.dtype === "float32");
      if (output.dtype !== "float32" || row.gradient === false) {
        const value = output.dtype === "float32" ? output : build.cast(output, "float32");
        const { loss, feeds: more } = weighted([value]);
        const zeros = interpret(grad(loss, wrt), {
          feeds: new Map([...feeds, ...more]),
          rows: ROWS,
          seed: 1,
          iteration: 2,
        });
        expect(zeros.every(({ data }) => data.every((x) => x === 0))).toBe(true);
        return;
      }
      const first = weighted([output]);
      const all = new Map([...feeds, ...first.feeds]);
      expectGradients(first.loss, wrt, all);
      const second = weighted(grad(first.loss, wrt));
      expectGradients(second.loss, [...wrt, ...first.feeds.keys()], new Map([...all, ...second.feeds]));
    });
  });
});

import { describe, expect, test } from "vitest";
import { type Value, verify } from "../../src/graph/index.js";
import * as ops from "../../src/ops/index.js";
import { fixtureOf } from "./layer-by-hand.js";
import { applied } from "./layer-fixture.js";
import { LayerGraph } from "./layer-runner.js";
import { CASES } from "./layers.cases.js";

const STEP = 1e-5;
const factors = (size: number, k: number): number[] =>
  Array.from({ length: size }, (_, i) => Math.cos(i * 2.3 + k) + 0.1);
const product = (a: ArrayLike<number>, b: readonly number[]): number =>
  b.reduce((sum, factor, i) => sum + factor * a[i]!, 0);
const total = (parts: readonly number[]): number => parts.reduce((sum, part) => sum + part, 0);

describe.each(Object.entries(CASES))("%s", (_className, cases) => {
  test.each(cases)("$fixture: its second gradients are those of central differences", (row) => {
    const fixture = fixtureOf(row);
    const layer = row.make({ name: fixture.config["name"] as string });
    applied(layer, fixture);
    fixture.weights.forEach((weight, i) => {
      layer.weights[i]!.write(weight.data);
    });
    const graph = new LayerGraph({ ...fixture, layer });
    if (graph.output.dtype !== "float32") return;
    const at = new Map<Value, readonly number[]>([
      ...layer.trainableWeights.map(({ leaf, data }) => [leaf, [...data]] as const),
      ...(fixture.dtype === "int32" ? [] : graph.inputs.map((x, i) => [x, fixture.inputs[i]!.data] as const)),
    ]);
    const wrt = [...at.keys()];
    const weight = ops.input("coefficients", graph.output.shape);
    const zero = { unconnected: "zero" } as const;
    const first = ops.gradients(graph.output, wrt, { ...zero, outputGradients: weight });
    const weights = first.map((g, k) => ops.input(`weight${k}`, g.shape));
    const second = ops.gradients(first, wrt, { ...zero, outputGradients: weights });
    verify(second);

    const own = new Map<Value, readonly number[]>([
      [weight, fixture.coefficients],
      ...weights.map((value, k) => [value, factors(at.get(wrt[k]!)!.length, k)] as const),
    ]);
    const direction = wrt.map((x, k) => factors(at.get(x)!.length, k + 0.7));
    const moved = (by: number): ReadonlyMap<Value, readonly number[]> =>
      new Map([...own, ...wrt.map((x, k) => [x, at.get(x)!.map((e, i) => e + by * direction[k]![i]!)] as const)]);
    const slope = (by: number): number =>
      total(graph.compute(first, moved(by)).map((g, k) => product(g, factors(g.length, k))));
    const difference = (slope(STEP) - slope(-STEP)) / (2 * STEP);
    const parts = graph.compute(second, moved(0)).map((g, k) => product(g, direction[k]!));
    const scale = Math.max(1, ...parts.map(Math.abs));
    expect(Math.abs(total(parts) - difference) / scale, `${total(parts)} and ${difference}`).toBeLessThan(1e-5);
  });
});

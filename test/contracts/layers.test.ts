import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Json } from "../../src/core/stateful.js";
import {
  InputLayer,
  isKerasTensor,
  type KerasTensor,
  type Layer,
  type LayerClass,
  resolveLayer,
} from "../../src/layers/index.js";
import { firstDifference } from "./close.js";
import { type Described, LayerGraph } from "./layer-runner.js";
import { CASES } from "./layers.cases.js";

interface Fixture {
  readonly className: string;
  readonly config: { readonly [key: string]: Json };
  readonly training: boolean;
  readonly dtype: "float32" | "int32";
  readonly inputs: readonly Described[];
  readonly weights: readonly (Described & { readonly path: string })[];
  /** Several where the layer gives a list, whose first tensor is `output`. */
  readonly outputShape: readonly (number | null)[] | readonly (readonly (number | null)[])[];
  readonly output: Described;
  readonly coefficients: readonly number[];
  readonly inputGradients?: readonly (readonly number[])[];
  readonly weightGradients: Readonly<Record<string, readonly number[]>>;
  readonly after: Readonly<Record<string, readonly number[]>>;
}

const path = new URL("../fixtures/keras/layers.json", import.meta.url);
const FIXTURES = JSON.parse(readFileSync(path, "utf8")) as Record<string, Fixture>;

function applied(layer: Layer, { inputs, dtype }: Fixture) {
  const tensors = inputs.map(({ shape }) => new InputLayer({ shape: shape.slice(1), dtype }).tensor);
  return layer.apply<KerasTensor | readonly KerasTensor[]>(tensors.length === 1 ? tensors[0]! : tensors);
}

describe.each(Object.entries(CASES))("%s", (className, cases) => {
  test.each(cases)("$fixture equals Keras", ({ fixture: id, make }) => {
    const fixture = FIXTURES[id]!;
    const layer = make({ name: fixture.config["name"] as string });
    const symbolic = applied(layer, fixture);
    expect(layer.className).toBe(className);
    expect(fixture.className).toBe(className);
    expect(isKerasTensor(symbolic) ? symbolic.shape : symbolic.map(({ shape }) => shape)).toEqual(fixture.outputShape);
    expect(layer.weights.map((weight) => [weight.path, ...weight.shape])).toEqual(
      fixture.weights.map((weight) => [weight.path, ...weight.shape]),
    );
    fixture.weights.forEach((weight, i) => {
      layer.weights[i]!.write(weight.data);
    });
    const { inputs, dtype, training } = fixture;
    const graph = new LayerGraph({ layer, inputs, dtype, training });
    expect(firstDifference(graph.compute([graph.output])[0]!, fixture.output.data)).toBeNull();

    const trainable = layer.trainableWeights;
    expect(trainable.map((weight) => weight.path)).toEqual(Object.keys(fixture.weightGradients));
    const dw = graph.gradients(
      fixture.coefficients,
      trainable.map((weight) => weight.value),
    );
    trainable.forEach((weight, i) => {
      expect(closeToLargest(dw[i]!, fixture.weightGradients[weight.path]!)).toBeNull();
    });
    if (fixture.inputGradients) {
      const dx = graph.gradients(fixture.coefficients, graph.inputs);
      fixture.inputGradients.forEach((expected, i) => {
        expect(closeToLargest(dx[i]!, expected)).toBeNull();
      });
    }
    for (const weight of layer.nonTrainableWeights) {
      const [after] = graph.compute([graph.after(weight)]);
      expect(firstDifference(after!, fixture.after[weight.path]!)).toBeNull();
    }
  });

  test.each(cases)("$fixture has Keras's config, both ways", ({ fixture: id, make }) => {
    const fixture = FIXTURES[id]!;
    const layer = make({ name: fixture.config["name"] as string });
    applied(layer, fixture);
    expect(layer.getConfig()).toEqual(fixture.config);
    expect(Object.keys(layer.getConfig())).toEqual(Object.keys(fixture.config));
    const again = (resolveLayer(className, null) as LayerClass).fromConfig(fixture.config, resolveLayer);
    expect(again).toBeInstanceOf(layer.constructor);
    applied(again, fixture);
    expect(again.getConfig()).toEqual(fixture.config);
  });
});

test("every layer of the fixtures has a row", () => {
  const rows = Object.values(CASES).flatMap((cases) => cases.map(({ fixture }) => fixture));
  expect(rows.sort()).toEqual(Object.keys(FIXTURES).sort());
});

/** Gradients that cancel are as good as the largest of their tensor: batch normalization's for its input are near 0. */
function closeToLargest(actual: ArrayLike<number>, expected: readonly number[]): string | null {
  if (actual.length !== expected.length) return `${actual.length} elements instead of ${expected.length}`;
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-3);
  const at = expected.findIndex((value, i) => !(Math.abs(actual[i]! - value) <= 1e-5 * largest));
  return at === -1 ? null : `element ${at} is ${actual[at]} instead of ${expected[at]}`;
}

import { describe, expect, test } from "vitest";
import { PRESENT } from "../../src/core/reading.js";
import type { Shape } from "../../src/core/shape.js";
import { isKerasTensor, type LayerClass, resolveLayer } from "../../src/layers/index.js";
import { firstDifference } from "./close.js";
import { fixtureOf } from "./layer-by-hand.js";
import { applied, FIXTURES } from "./layer-fixture.js";
import { LayerGraph } from "./layer-runner.js";
import { CASES } from "./layers.cases.js";

describe.each(Object.entries(CASES))("%s", (className, cases) => {
  test.each(cases)("$fixture equals Keras", (row) => {
    const fixture = fixtureOf(row);
    const layer = row.make({ name: fixture.config["name"] as string });
    const symbolic = applied(layer, fixture);
    expect(layer.className).toBe(className);
    expect(fixture.className).toBe(className);
    const tensors = isKerasTensor(symbolic) ? [symbolic] : symbolic;
    const shapes = [fixture.outputShape].flat(isKerasTensor(symbolic) ? 0 : 1) as readonly Shape[];
    // Where Keras infers less of the shape, knowing more is no error.
    const known = tensors.map(({ shape }, i) =>
      shape.map((dim, axis) => (shapes[i]![axis] === null && axis > 0 ? null : dim)),
    );
    expect(known).toEqual(shapes);
    expect(layer.weights.map((weight) => [weight.path, ...weight.shape])).toEqual(
      fixture.weights.map((weight) => [weight.path, ...weight.shape]),
    );
    fixture.weights.forEach((weight, i) => {
      layer.weights[i]!.write(weight.data);
    });
    const graph = new LayerGraph({ ...fixture, layer });
    expect(firstDifference(graph.compute([graph.output])[0]!, fixture.output.data)).toBeNull();

    const { outputMask } = fixture;
    if (outputMask !== undefined) {
      const mask = graph.outputMask && [...graph.compute([graph.outputMask])[0]!];
      expect(mask).toEqual(outputMask?.data ?? null);
    }

    const trainable = layer.trainableWeights;
    expect(trainable.map((weight) => weight.path)).toEqual(Object.keys(fixture.weightGradients));
    const dw = graph.gradients(
      fixture.coefficients,
      trainable.map((weight) => weight.value),
    );
    // Some gradients are 0 except for Keras's rounding, e.g. that of the bias of attention's keys.
    const largest = Object.values(fixture.weightGradients)
      .flat()
      .reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    trainable.forEach((weight, i) => {
      expect(closeToLargest(dw[i]!, fixture.weightGradients[weight.path]!, largest)).toBeNull();
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

  test.each(cases)("$fixture has Keras's config, both ways", (row) => {
    const fixture = fixtureOf(row);
    const layer = row.make({ name: fixture.config["name"] as string });
    applied(layer, fixture);
    expect(layer.getConfig()).toEqual(fixture.config);
    expect(Object.keys(layer.getConfig())).toEqual(Object.keys(fixture.config));
    const again = (resolveLayer(className, null) as LayerClass).fromConfig(fixture.config, {
      ...PRESENT,
      resolve: resolveLayer,
    });
    expect(again).toBeInstanceOf(layer.constructor);
    applied(again, fixture);
    expect(again.getConfig()).toEqual(fixture.config);
  });
});

test("every layer of the fixtures has a row", () => {
  const rows = Object.values(CASES).flatMap((cases) =>
    cases.filter(({ byHand }) => byHand === undefined).map(({ fixture }) => fixture),
  );
  expect(rows.sort()).toEqual(Object.keys(FIXTURES).sort());
});

/**
 * Gradients that cancel are only as accurate as the largest of their tensor: batch normalization's input gradients are
 * near 0.
 */
function closeToLargest(actual: ArrayLike<number>, expected: readonly number[], least = 1e-3): string | null {
  if (actual.length !== expected.length) return `${actual.length} elements instead of ${expected.length}`;
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), least);
  const at = expected.findIndex((value, i) => !(Math.abs(actual[i]! - value) <= 1e-5 * largest));
  return at === -1 ? null : `element ${at} is ${actual[at]} instead of ${expected[at]}`;
}

import { beforeAll, expect, test } from "vitest";
import { defaultEngine, type Engine } from "../../src/engine/index.js";
import { grad, type InputValue, type Value } from "../../src/graph/index.js";
import { CallTrace, rootContext, valuesOf } from "../../src/layers/index.js";
import * as ops from "../../src/ops/index.js";
import { fixtureOf } from "./layer-by-hand.js";
import { applied, CallLeaves } from "./layer-fixture.js";
import { CASES } from "./layers.cases.js";

let engine: Engine;

beforeAll(async () => {
  engine = await defaultEngine();
});

test.each(Object.values(CASES).flat())("$fixture: the engine computes what Keras computes", async (row) => {
  const fixture = fixtureOf(row);
  const { inputs, dtype, training } = fixture;
  const layer = row.make({ name: fixture.config["name"] as string });
  applied(layer, fixture);
  fixture.weights.forEach((weight, i) => {
    layer.weights[i]!.write(weight.data);
  });
  const leaves = inputs.map(({ shape }, i) => ops.input(`x${i}`, [-1, ...shape.slice(1)], dtype));
  const rows = ops.input("rows", [], "float32");
  const { options, masks, feeds: callFeeds } = new CallLeaves(fixture, inputs[0]!.shape[0]!);
  const context = rootContext(layer, { training, rows, trace: new CallTrace(), options, masks });
  const [output] = valuesOf(layer.call(leaves.length === 1 ? leaves[0]! : leaves, context));
  const factors = ops.input("coefficients", output!.shape);
  const total = ops.sum(ops.multiply(output!, factors));
  const weights = layer.trainableWeights;
  const dw = grad(
    total,
    weights.map(({ value }) => value),
  ).map((gradient) => ops.allSum(gradient));
  const dx = fixture.inputGradients ? grad(total, leaves) : [];
  const named = (name: string, values: readonly Value[]) => values.map((value, i) => [`${name}${i}`, value] as const);
  const program = await engine.compile({
    name: row.fixture,
    results: { output: output!, ...Object.fromEntries([...named("dw", dw), ...named("dx", dx)]) },
    updates: new Map(),
    shards: 1,
  });
  const feeds = new Map<InputValue, ArrayLike<number> | number>([[rows, inputs[0]!.shape[0]!], ...callFeeds]);
  leaves.forEach((leaf, i) => {
    feeds.set(leaf, inputs[i]!.data);
  });
  feeds.set(factors, fixture.coefficients);
  const results = await program.run({ rows: inputs[0]!.shape[0]!, feeds, seed: 1, iteration: 0 });
  program.dispose();
  expectClose(results["output"]!.data as Float32Array, fixture.output.data);
  const largest = largestOf(Object.values(fixture.weightGradients).flat());
  weights.forEach((weight, i) => {
    expectClose(results[`dw${i}`]!.data as Float32Array, fixture.weightGradients[weight.path]!, largest);
  });
  fixture.inputGradients?.forEach((expected, i) => {
    expectClose(results[`dx${i}`]!.data as Float32Array, expected);
  });
});

function largestOf(values: readonly number[]): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-2);
}

/** Within 1e-5 of the largest of the tensor or of its layer (gradients that cancel are no more accurate). */
function expectClose(actual: ArrayLike<number>, expected: readonly number[], least = 1e-2): void {
  expect(actual.length).toBe(expected.length);
  const largest = Math.max(largestOf(expected), least);
  const at = expected.findIndex((value, i) => !(Math.abs(actual[i]! - value) <= 1e-5 * largest));
  expect(at === -1 ? null : `element ${at} is ${actual[at]} instead of ${expected[at]}`).toBeNull();
}

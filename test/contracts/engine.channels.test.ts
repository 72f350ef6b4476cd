import { afterEach, describe, expect, it } from "vitest";
import { configure, type Engine, interpreterEngine } from "../../src/engine/index.js";
import { repeatOverStages } from "../../src/engine/onnx/repeat.js";
import { programText } from "../../src/engine/onnx/steps.js";
import { grad } from "../../src/graph/autodiff.js";
import { build, interpretPlan, optimize, plan, type Value } from "../../src/graph/index.js";
import type { InputValue } from "../../src/graph/value.js";
import * as ops from "../../src/ops/index.js";
import { numbers, variable } from "./engine.step.js";
import { ENGINES } from "./engines.js";

afterEach(() => configure({}));

const [CHANNELS, SIDE, ROWS] = [8, 17, 7];
const conv = {
  strides: [1, 1],
  padding: [
    [1, 1],
    [1, 1],
  ] as const,
  dilations: [1, 1],
  groups: 1,
};

/** Batch normalization of (rows, channels, height, width), with the statistics of the whole batch. */
function normalize(x: Value, rows: Value, gamma: Value, beta: Value): Value {
  const wide = (value: Value): Value => ops.reshape(value, [1, CHANNELS, 1, 1]);
  const average = (value: Value): Value =>
    wide(ops.divide(ops.allSum(ops.sum(value, { axes: [0, 2, 3] })), ops.multiply(rows, SIDE * SIDE)));
  const mean = average(x);
  const variance = average(ops.square(ops.subtract(x, ops.stopGradient(mean))));
  const factor = ops.multiply(ops.rsqrt(ops.add(variance, 1e-3)), wide(gamma));
  return ops.add(ops.multiply(ops.subtract(x, mean), factor), wide(beta));
}

/** A training step of two normalized convolutions with a residual connection: what channel kernels are for. */
function step(shards: number) {
  const kernels = [variable("k1", [CHANNELS, 3, 3, 3], 1), variable("k2", [CHANNELS, CHANNELS, 3, 3], 2)];
  const biases = [variable("b1", [CHANNELS], 3), variable("b2", [CHANNELS], 4)];
  const gammas = [variable("g1", [CHANNELS], 5), variable("g2", [CHANNELS], 6)];
  const betas = [variable("o1", [CHANNELS], 7), variable("o2", [CHANNELS], 8)];
  const x = ops.input("x", [-1, 3, SIDE, SIDE], "float32") as InputValue;
  const rows = ops.input("rows", [], "float32") as InputValue;
  const layer = (value: Value, i: number): Value =>
    ops.add(build.conv(value, kernels[i]!.value, conv), ops.reshape(biases[i]!.value, [1, CHANNELS, 1, 1]));
  const first = layer(x, 0);
  const second = ops.add(first, layer(ops.relu(normalize(first, rows, gammas[0]!.value, betas[0]!.value)), 1));
  const out = ops.relu(normalize(second, rows, gammas[1]!.value, betas[1]!.value));
  const pooled = ops.mean(out, { axes: [2, 3] });
  const loss = ops.divide(ops.sum(ops.square(ops.subtract(ops.tanh(pooled), 0.3))), rows);
  const weights = [...kernels, ...biases, ...gammas, ...betas];
  const gradients = grad(
    loss,
    weights.map((weight) => weight.value),
  );
  const updates = new Map(
    weights.map((weight, i) => [weight, ops.subtract(weight.value, ops.multiply(ops.allSum(gradients[i]!), 0.1))]),
  );
  const spec = { name: "channels", results: { loss: ops.allSum(loss) }, updates, shards };
  const feeds = new Map<InputValue, ArrayLike<number>>([
    [x, numbers(ROWS * 3 * SIDE * SIDE, 9)],
    [rows, [ROWS]],
  ]);
  return { spec, feeds, weights };
}

async function train(engine: Engine, shards: number): Promise<number[][]> {
  const { spec, feeds, weights } = step(shards);
  const program = await engine.compile(spec);
  const losses: number[] = [];
  for (let iteration = 0; iteration < 3; iteration++)
    losses.push((await program.run({ rows: ROWS, feeds, seed: 0, iteration }))["loss"]!.item());
  program.dispose();
  return [losses, ...weights.map((weight) => [...(weight.read().data as Float32Array)])];
}

describe.each(ENGINES)("%s engine: channel kernels", (_, start) => {
  it.each([1, 2, 3])("train in %i shards as the interpreter does", async (shards) => {
    const [actual, expected] = [await train(await start(), shards), await train(interpreterEngine(), 1)];
    for (const [k, values] of expected.entries())
      for (const [i, value] of values.entries()) expect(Math.abs(actual[k]![i]! - value)).toBeLessThan(2e-5);
  });

  it("give the same bits with any number of workers", async () => {
    const engine = await start();
    configure({ workers: 1 });
    const first = await train(engine, 3);
    for (const workers of [2, 3]) {
      configure({ workers });
      expect(await train(engine, 3)).toEqual(first);
    }
  });
});

describe("channel kernels", () => {
  it("do the work between convolutions, and no deviation or masked gradient is passed between stages", () => {
    const text = programText(step(2).spec);
    const kernels = text.split("\n").filter((line) => line.startsWith("kernel channels"));
    // For each normalization: its sum, its squares, its result, the sums of its gradient, its gradient.
    expect(kernels.length).toBe(10);
    expect(kernels.filter((line) => /-> .*\b(sub|where)#/.test(line))).toEqual([]);
    expect(text).not.toMatch(/= (Where|Greater|Relu)\(/);
  });

  it.each([2, 3])("stages that recompute values instead of passing them give the same (%i shards)", (shards) => {
    const { spec, feeds, weights } = step(shards);
    const outputs = optimize([spec.results.loss, ...spec.updates.values()]);
    const original = plan(outputs, shards);
    const stages = repeatOverStages(original);
    const handedOn = (list: typeof stages): number =>
      list
        .flatMap((stage) => (stage.kind === "allSum" ? [] : stage.outputs))
        .filter(({ shape }) => shape.length === 4 && shape[0] === -1).length;
    expect(handedOn(stages)).toBeLessThan(handedOn(original.stages));
    const all = new Map<Value, ArrayLike<number>>([
      ...feeds,
      ...weights.map((weight) => [weight.value, weight.read().data as Float32Array] as const),
    ]);
    const [again, before] = [{ ...original, stages }, original].map((each) =>
      interpretPlan(each, { feeds: all, rows: ROWS }),
    );
    expect(again).toEqual(before);
  });
});

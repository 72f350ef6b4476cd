import { describe, expect, it } from "vitest";
import type { DType } from "../../src/core/dtype.js";
import type { Config } from "../../src/core/parts.js";
import { Tensor } from "../../src/core/tensor.js";
import { defaultEngine, Variable } from "../../src/engine/index.js";
import * as ops from "../../src/ops/index.js";
import { deserialize, serialize } from "../../src/optimizers/index.js";
import { firstDifference } from "./close.js";
import { kerasFixture } from "./fixture.js";

interface Row {
  /** A version of Keras, or one of tf_keras's two implementations. */
  readonly age: string;
  readonly config: Config;
  readonly entries: readonly { name: string; shape: number[]; dtype: DType; data: number[] }[];
  readonly before: readonly number[][];
  readonly after: readonly (readonly number[][])[];
}
const { weights, gradients, rows } = kerasFixture<{
  readonly weights: readonly { readonly name: string; readonly shape: readonly number[] }[];
  readonly gradients: readonly (readonly number[][])[];
  readonly rows: readonly Row[];
}>("optimizer-ages");

const titled = rows.map((row) => {
  const { class_name: name, config } = row.config as { class_name: string; config: Config };
  const options = Object.entries(config).filter(([key, value]) => key !== "name" && typeof value !== "object");
  return [`${row.age}: ${name} ${options.map(([key, value]) => `${key}=${value}`).join(" ")}`, row] as const;
});
const engine = await defaultEngine();

describe("The optimizer state of any Keras version trains on as that Keras would have:", () => {
  it.each(titled)("%s", async (_title, { age, config, entries, before, after }) => {
    const params = weights.map(
      ({ name, shape }, i) => new Variable({ name, path: name.replace(":0", ""), shape, initial: before[i]! }),
    );
    // The update rule is in the config, so that Pawl's own files keep it.
    const optimizer = deserialize(serialize(deserialize(config)));
    optimizer.build(params);
    // Up to 2.0.5 the slots are ordered by the weights' names.
    const sorts = /^(1|2\.0)\./.test(age);
    const list = entries.map(({ name, shape, dtype, data }) => ({ name, tensor: new Tensor(data, shape, dtype) }));
    const order = [...params].sort((a, b) => (a.name < b.name ? -1 : 1));
    const loaded = sorts ? optimizer.loadEntries(list, order) : optimizer.loadEntries(list);
    const counter = entries.find(({ shape }) => shape.length === 0);
    expect([loaded.iteration, optimizer.iteration]).toEqual([counter !== undefined, counter?.data[0] ?? 0]);

    const fed = params.map((param, i) => ops.input(`gradient_${i}`, param.shape));
    const learningRate = ops.input("learning_rate", []);
    const iteration = ops.input("iteration", [], "int32");
    const updates = optimizer.apply(fed, { learningRate, iteration });
    const program = await engine.compile({ name: "update", results: {}, updates, shards: 1 });
    // Keras 2.2's RMSprop and similar ones store no counter: their own Keras also starts counting anew.
    if (!loaded.iteration) optimizer.iteration = 3;
    for (const [step, expected] of after.entries()) {
      const feeds = new Map<(typeof fed)[number], ArrayLike<number> | number>([
        [learningRate, optimizer.learningRate.at(optimizer.iteration)],
        [iteration, optimizer.iteration],
        ...fed.map((input, i) => [input, gradients[step]![i]!] as const),
      ]);
      await program.run({ rows: 1, feeds, seed: 0, iteration: optimizer.iteration });
      optimizer.iteration++;
      const ours = params.map((param) => Array.from(param.read().data as Float32Array));
      expect(ours.map((values, i) => firstDifference(values, expected[i]!))).toEqual(expected.map(() => null));
    }
    program.dispose();
  });
});

it("a LossScaleOptimizer gives its inner optimizer, with the state that Keras 2 stored", () => {
  const config = { inner_optimizer: { class_name: "Adam", config: { beta_1: 0.5 } }, dynamic: true };
  const optimizer = deserialize({ class_name: "LossScaleOptimizerV3", config });
  expect(optimizer.getConfig()["beta_1"]).toBe(0.5);
  const param = new Variable({ name: "kernel", path: "dense/kernel", shape: [2], initial: [1, 2] });
  optimizer.build([param]);
  const slots = { "m/dense/kernel:0": [3, 4], "v/dense/kernel:0": [5, 6] };
  const scalars = { "iteration:0": 7, "current_loss_scale:0": 32768, "good_steps:0": 1 };
  optimizer.loadEntries([
    ...Object.entries(scalars).map(([name, value]) => ({ name, tensor: Tensor.scalar(value) })),
    ...Object.entries(slots).map(([name, data]) => ({ name, tensor: new Tensor(data, [2], "float32") })),
  ]);
  const read = optimizer.variables.slice(2).map((entry) => Array.from(entry.read().data as Float32Array));
  expect([optimizer.iteration, ...read]).toEqual([7, [3, 4], [5, 6]]);
});

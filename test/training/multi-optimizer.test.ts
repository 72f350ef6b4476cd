import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { ReduceLROnPlateau } from "../../src/callbacks/index.js";
import { setRandomSeed } from "../../src/core/seed.js";
import * as layers from "../../src/layers/index.js";
import { loadModel, type Model, Sequential } from "../../src/model/index.js";
import * as optimizers from "../../src/optimizers/index.js";
import * as random from "../../src/random/index.js";

const folder = mkdtempSync(join(tmpdir(), "pawl-multi-"));
afterAll(() => rmSync(folder, { recursive: true }));

const [x, y] = [random.normal([12, 4], { seed: 1 }), random.normal([12, 2], { seed: 2 })];
const FIT = { epochs: 2, batchSize: 4, shuffle: false, verbose: 0 } as const;
const sgd = () => new optimizers.SGD({ learningRate: 0.05, momentum: 0.9, name: "kernels" });
const adam = () => new optimizers.Adam({ learningRate: 0.01, name: "biases" });

function multi(): Sequential {
  setRandomSeed(7);
  const model = new Sequential([new layers.Dense(3, { activation: "tanh", inputShape: [4] }), new layers.Dense(2)]);
  const map = new optimizers.OptimizerMap(sgd(), { ".*/bias": adam() });
  model.compile({ optimizer: new optimizers.MultiOptimizer(map, { name: "multi" }), loss: "mse" });
  return model;
}

const bits = (model: Model | Sequential) => model.weights.map((weight) => weight.read().data);

test("a file of it opens, goes on to the same bits, and is written as Keras writes it", async () => {
  const whole = multi();
  await whole.fit(x, y, { ...FIT, epochs: 4 });
  const first = multi();
  await first.fit(x, y, FIT);
  const path = join(folder, "multi.keras");
  await first.save(path);
  const second = await loadModel(path);
  await second.fit(x, y, { ...FIT, epochs: 4, initialEpoch: 2 });
  expect(bits(second as Model)).toEqual(bits(whole));
  const names = second.optimizer.variables.map(({ name, shape }) => `${name.replaceAll(/_\d+/gu, "")} (${shape})`);
  expect(names).toEqual([
    "multi/iteration ()",
    "multi/learning_rate ()",
    "biases/iteration ()",
    "biases/learning_rate ()",
    "biases/sequential_dense_bias_momentum (3)",
    "biases/sequential_dense_bias_velocity (3)",
    "biases/sequential_dense_bias_momentum (2)",
    "biases/sequential_dense_bias_velocity (2)",
    "kernels/iteration ()",
    "kernels/learning_rate ()",
    "kernels/sequential_dense_kernel_momentum (4,3)",
    "kernels/sequential_dense_kernel_momentum (3,2)",
  ]);
  const { config } = optimizers.serialize(second.optimizer);
  expect(Object.keys(config)).toEqual(["optimizer_map", "loss_scale_factor", "name"]);
  expect(config["optimizer_map"]).toMatchObject({ module: "keras.optimizers", class_name: "OptimizerMap" });
  expect(optimizers.serialize(optimizers.deserialize(optimizers.serialize(second.optimizer) as never)).config).toEqual(
    config,
  );
});

test("callbacks set the rates of the optimizers inside, under their names", async () => {
  const model = multi();
  const callbacks = [new ReduceLROnPlateau({ monitor: "loss", minDelta: 10, patience: 1, factor: 0.5 })];
  const { history } = await model.fit(x, y, { ...FIT, epochs: 3, callbacks });
  expect(Object.keys(history).sort()).toEqual(["learning_rate_biases", "learning_rate_kernels", "loss"]);
  expect(Object.keys(model.optimizers)).toEqual(["biases", "kernels"]);
  expect(model.optimizers["kernels"]!.learningRate.numpy()).toBeLessThan(0.05);
});

test("it says what does not fit", () => {
  const map = new optimizers.OptimizerMap(sgd());
  expect(() => map.set("[", adam())).toThrow('OptimizerMap: "[" is no regular expression.');
  map.set("a/.*", adam()).set(".*/b", adam());
  expect(() => map.of("a/b")).toThrow('OptimizerMap: "a/.*" and ".*/b" both match the weight "a/b".');
  expect(() => new optimizers.OptimizerMap(new optimizers.MultiOptimizer(map))).toThrow(
    "an optimizer that holds others",
  );
  expect(() => new optimizers.MultiOptimizer("sgd" as never)).toThrow(
    "MultiOptimizer.optimizerMap must be an OptimizerMap",
  );
});

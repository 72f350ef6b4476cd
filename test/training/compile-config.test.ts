import { describe, expect, test, vi } from "vitest";
import type { Config } from "../../src/core/parts.js";
import * as layers from "../../src/layers/index.js";
import * as losses from "../../src/losses/index.js";
import { Model, Sequential } from "../../src/model/index.js";
import { Input } from "../../src/network/index.js";
import * as optimizers from "../../src/optimizers/index.js";
import * as random from "../../src/random/index.js";

const x = random.normal([8, 3], { seed: 1 });
const y = random.normal([8, 1], { seed: 2 });
const network = (): Sequential => new Sequential([new layers.Dense(1, { inputShape: [3] })]);

describe("the config of compile", () => {
  test("is {} before compile, and afterwards what files have", () => {
    const model = network();
    expect(model.getCompileConfig()).toEqual({});
    model.compile({
      optimizer: new optimizers.SGD({ learningRate: 0.1, momentum: 0.5 }),
      loss: "mse",
      metrics: ["mae"],
    });
    const config = model.getCompileConfig();
    expect(config).toEqual(model.toJSON()["compile_config"]);
    expect(Object.keys(config)).toEqual([
      "optimizer",
      "loss",
      "loss_weights",
      "metrics",
      "weighted_metrics",
      "run_eagerly",
      "steps_per_execution",
      "jit_compile",
    ]);
  });

  test("compiles another model, which trains the same", async () => {
    const model = network();
    model.compile({
      optimizer: new optimizers.Adam({ learningRate: 0.05, clipnorm: 1 }),
      loss: new losses.Huber({ delta: 0.7 }),
      metrics: ["mae"],
      shards: 2,
    });
    const other = network();
    await other.setWeights(await model.getWeights());
    other.compileFromConfig(JSON.parse(JSON.stringify(model.getCompileConfig())) as Config);
    expect(other.getCompileConfig()).toEqual(model.getCompileConfig());
    expect(await other.trainOnBatch(x, y)).toEqual(await model.trainOnBatch(x, y));
    expect((await other.getWeights())[0]!.data).toEqual((await model.getWeights())[0]!.data);
  });

  test("names functions of the user's, which are given again", () => {
    const own = (_: unknown, prediction: never): never => prediction;
    const model = network();
    model.compile({ loss: own as never });
    const config = model.getCompileConfig();
    expect(() => network().compileFromConfig(config)).toThrow(/own/);
    network().compileFromConfig(config, { customObjects: { own } });
  });

  test("refuses what says nothing, unknown keys and code", () => {
    const model = network();
    expect(() => model.compileFromConfig({})).toThrow(/what getCompileConfig of a compiled model gives/);
    expect(() => model.compileFromConfig({ optimizer: "sgd", los: "mse" })).toThrow(/los.*loss/);
    const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    model.compileFromConfig({ optimizer: "sgd", los: "mse" }, { unknownKeys: "warn" });
    expect(warn.mock.calls.join()).toMatch(/los/);
    warn.mockRestore();
    expect(() => model.compileFromConfig({ optimizer: "sgd", loss: { class_name: "__lambda__" } })).toThrow();
  });
});

describe("metricsNames", () => {
  // Keras 3 gives ["loss", "compile_metrics"], whatever there is; its documentation of evaluate says what it ought to be.
  test("are the names of what evaluate gives, once there was data", async () => {
    const model = network();
    expect(model.metricsNames).toEqual([]);
    model.compile({ loss: "mse", metrics: ["mae", "mape"] });
    expect(model.metricsNames).toEqual([]);
    const logs = await model.evaluate(x, y, { verbose: 0 });
    expect([...model.metricsNames].sort()).toEqual(Object.keys(logs).sort());
    expect(model.metricsNames).toEqual(["loss", "mae", "mape"]);
  });

  test("have those of each output, and a name for each number of a metric", async () => {
    const input = Input({ shape: [3] });
    const model = new Model(input, [
      new layers.Dense(1, { activation: "sigmoid", name: "a" }).apply(input),
      new layers.Dense(1, { name: "b" }).apply(input),
    ]);
    model.compile({ loss: ["binary_crossentropy", "mse"], metrics: { b: ["mae"] } });
    await model.trainOnBatch(x, [random.integers(0, 2, [8, 1], { seed: 4 }), y]);
    expect(model.metricsNames).toEqual(["loss", "a_loss", "b_loss", "b_mae"]);
  });
});

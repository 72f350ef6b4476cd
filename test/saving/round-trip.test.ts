import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { setRandomSeed } from "../../src/core/seed.js";
import * as layers from "../../src/layers/index.js";
import * as losses from "../../src/losses/index.js";
import { type AnyModel, loadModel, Model, Sequential } from "../../src/model/index.js";
import { Input } from "../../src/network/index.js";
import * as optimizers from "../../src/optimizers/index.js";
import * as random from "../../src/random/index.js";
import * as schedules from "../../src/schedules/index.js";
import type { TensorsLike } from "../../src/training/index.js";
import { stateOf, temporaryFolder } from "./support.js";

interface Trained {
  readonly model: AnyModel;
  readonly x: TensorsLike;
  readonly y: TensorsLike;
}

const ROWS = 20;
const MODELS: Readonly<Record<string, () => Trained>> = {
  "dropout, batch normalization, Adam with averages and accumulation": () => {
    const model = new Sequential([
      new layers.Dense(6, { activation: "relu", inputShape: [5] }),
      new layers.BatchNormalization(),
      new layers.Dropout(0.3),
      new layers.Dense(1),
    ]);
    const optimizer = new optimizers.Adam({ useEma: true, gradientAccumulationSteps: 3, clipnorm: 1 });
    model.compile({ optimizer, loss: "mse", metrics: ["mae"] });
    return { model, x: random.normal([ROWS, 5]), y: random.normal([ROWS, 1]) };
  },
  "two outputs, a schedule, short names": () => {
    const input = Input({ shape: [4] });
    const hidden = new layers.Dense(5, { activation: "tanh", name: "trunk" }).apply(input);
    const model = new Model(input, [
      new layers.Dense(1, { name: "a" }).apply(hidden),
      new layers.Dense(3, { activation: "softmax", name: "b" }).apply(hidden),
    ]);
    model.compile({
      optimizer: new optimizers.RMSprop({
        learningRate: new schedules.ExponentialDecay({ initialLearningRate: 0.02, decaySteps: 3, decayRate: 0.5 }),
        momentum: 0.5,
      }),
      loss: { a: new losses.Huber({ delta: 0.7 }), b: "sparse_categorical_crossentropy" },
      lossWeights: { a: 1, b: 0.25 },
      metrics: { a: ["mae"], b: ["acc"] },
    });
    const y = [random.normal([ROWS, 1]), random.integers(0, 3, [ROWS, 1])];
    return { model, x: random.normal([ROWS, 4]), y };
  },
  "nested, shared and frozen layers": () => {
    const tower = new Sequential([
      Input({ shape: [4] }),
      new layers.Dense(3, { trainable: false }),
      new layers.Dense(3),
    ]);
    const a = Input({ shape: [4] });
    const b = Input({ shape: [4] });
    const model = new Model(
      [a, b],
      new layers.Dense(1).apply(new layers.Add().apply([tower.apply(a), tower.apply(b)])),
    );
    model.compile({ optimizer: new optimizers.SGD({ learningRate: 1, momentum: 0.9, clipvalue: 0.01 }), loss: "mae" });
    return { model, x: [random.normal([ROWS, 4]), random.normal([ROWS, 4])], y: random.normal([ROWS, 1]) };
  },
};

const folder = temporaryFolder();

describe.each(Object.entries(MODELS))("%s", (name, make) => {
  let trained: Trained;
  const path = (ending: string): string => join(folder, `${name.replaceAll(/[ ,]+/g, "-")}${ending}`);
  const train = ({ model, x, y }: Trained, options: object) =>
    model.fit(x, y, { batchSize: 8, verbose: 0, ...options });

  beforeAll(async () => {
    setRandomSeed(5);
    trained = make();
    await train(trained, { epochs: 2 });
  });

  it.each([".keras", ".h5"])("a whole model is restored bit for bit from %s, and trains on so", async (ending) => {
    const before = stateOf(trained.model);
    await trained.model.save(path(ending));
    expect(stateOf(trained.model)).toEqual(before);
    const loaded = await loadModel(path(ending));
    expect(stateOf(loaded)).toEqual(before);

    const twin = await loadModel(path(ending));
    const one = await train({ ...trained, model: loaded }, { initialEpoch: 2, epochs: 4 });
    const two = await train({ ...trained, model: twin }, { initialEpoch: 2, epochs: 4 });
    expect(one.history).toEqual(two.history);
    expect(stateOf(loaded)).toEqual(stateOf(twin));
    expect(stateOf(loaded)).not.toEqual(before);
  });

  it.each([".weights.h5", ".h5", ".safetensors"])(
    "weights are restored with optimizer and training state from %s",
    async (ending) => {
      await trained.model.save(path(".whole.keras"));
      const file = path(ending === ".h5" ? ".only.h5" : ending);
      await trained.model.saveWeights(file);
      const before = stateOf(trained.model);
      const other = await loadModel(path(".whole.keras"));
      await train({ ...trained, model: other }, { initialEpoch: 2, epochs: 3 });
      expect(stateOf(other)).not.toEqual(before);
      await other.loadWeights(file);
      expect(stateOf(other)).toEqual(before);
    },
  );

  it.each([".keras", ".h5"])("a model loaded from %s saves to the same bytes", async (ending) => {
    await trained.model.save(path(`.first${ending}`));
    const loaded = await loadModel(path(`.first${ending}`));
    await loaded.save(path(`.second${ending}`));
    expect(readFileSync(path(`.second${ending}`)).equals(readFileSync(path(`.first${ending}`)))).toBe(true);
  });

  it("saving in one format leaves the other files unchanged", async () => {
    await trained.model.save(path(".before.keras"));
    await trained.model.save(path(".between.h5"));
    await trained.model.saveWeights(path(".between.weights.h5"));
    await trained.model.save(path(".after.keras"));
    expect(readFileSync(path(".after.keras")).equals(readFileSync(path(".before.keras")))).toBe(true);
  });

  it("log keys stay as the user spelled them", async () => {
    await trained.model.save(path(".names.h5"));
    const loaded = await loadModel(path(".names.h5"));
    const history = await train({ ...trained, model: loaded }, { initialEpoch: 2, epochs: 3 });
    expect(Object.keys(history.history)).toEqual(Object.keys(trained.model.history!.history));
  });
});

it("an unbuilt model cannot be saved; one that is not compiled is saved without an optimizer", async () => {
  const model = new Sequential([new layers.Dense(2)]);
  await expect(model.save(join(folder, "unbuilt.keras"))).rejects.toThrow(
    /is not built: the shape of its input is not known/,
  );
  model.build([null, 3]);
  await model.save(join(folder, "uncompiled.h5"));
  const loaded = await loadModel(join(folder, "uncompiled.h5"));
  expect(loaded.savable.optimizer).toBeNull();
  expect((await loaded.getWeights())[0]!.tolist()).toEqual((await model.getWeights())[0]!.tolist());
});

describe("layers frozen after compile", () => {
  it.each([".keras", ".h5"])("still train after loading a %s file, until the next compile", async (extension) => {
    const model = new Sequential([new layers.Dense(4, { inputShape: [3] }), new layers.Dense(1)]);
    model.compile({ optimizer: "adam", loss: "mse" });
    const x = random.normal([8, 3], { seed: 1 });
    const y = random.normal([8, 1], { seed: 2 });
    await model.fit(x, y, { verbose: 0 });
    model.layers[0]!.trainable = false;
    const file = join(await temporaryFolder(), `model${extension}`);
    await model.save(file);
    const loaded = await loadModel(file);
    const [whole, resumed] = [model, loaded].map((one) => one.fit(x, y, { initialEpoch: 1, epochs: 3, verbose: 0 }));
    expect((await resumed!).history).toEqual((await whole!).history);
    expect(await loaded.getWeights()).toEqual(await model.getWeights());
  });
});

it("weights alone can be loaded into a model with another optimizer", async () => {
  const make = (optimizer: optimizers.OptimizerName): Sequential => {
    const model = new Sequential([new layers.Dense(1, { inputShape: [3] })]);
    model.compile({ optimizer, loss: "mse" });
    return model;
  };
  const file = join(await temporaryFolder(), "model.weights.h5");
  const trained = make("adam");
  await trained.fit(random.normal([8, 3]), random.normal([8, 1]), { verbose: 0 });
  await trained.saveWeights(file);
  const other = make("sgd");
  await expect(other.loadWeights(file)).rejects.toThrow(
    /Load the weights alone: loadWeights\(path, \{ optimizer: false \}\)/,
  );
  await other.loadWeights(file, { optimizer: false });
  expect(await other.getWeights()).toEqual(await trained.getWeights());
});

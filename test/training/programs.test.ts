import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { setRandomSeed } from "../../src/core/seed.js";
import { defaultEngine } from "../../src/engine/index.js";
import * as layers from "../../src/layers/index.js";
import { Sequential } from "../../src/model/index.js";
import * as random from "../../src/random/index.js";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

function build(): Sequential {
  setRandomSeed(1);
  const model = new Sequential([
    new layers.Dense(8, { activation: "relu", inputShape: [4] }),
    new layers.Dropout(0.3),
    new layers.Dense(1),
  ]);
  model.compile({ optimizer: "adam", loss: "mse", metrics: ["mae"] });
  return model;
}

const x = random.normal([50, 4], { seed: 1 });
const y = random.normal([50, 1], { seed: 2 });

test("partial batches, more steps, other rates, seeds and data compile nothing new", async () => {
  const engine = await defaultEngine();
  const model = build();
  const train = (rows: number) =>
    model.fit(x.slice(0, rows), y.slice(0, rows), { batchSize: 16, epochs: 2, verbose: 0, validationData: [x, y] });
  await train(50);
  await model.predict(x, { verbose: 0 });
  const before = engine.sessionCount;
  model.optimizer.learningRate.assign(0.5);
  await train(37);
  await model.evaluate(x, y, { batchSize: 7, verbose: 0 });
  await model.predict(x.slice(0, 5), { verbose: 0 });
  await model.trainOnBatch(x.slice(0, 3), y.slice(0, 3));
  expect(engine.sessionCount).toBe(before);
  const other = new Sequential([new layers.Dense(1, { inputShape: [4], activation: "tanh" })]);
  other.compile({ loss: "mse" });
  await other.fit(x, y, { verbose: 0 });
  expect(engine.sessionCount).toBeGreaterThan(before);
});

test("memory does not grow over 10,000 steps", async () => {
  const model = build();
  const steps = (count: number) => model.fit(x, y, { batchSize: 10, stepsPerEpoch: 5, epochs: count / 5, verbose: 0 });
  const used = (): number => {
    collectGarbage();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  await steps(1000);
  const before = { heap: used(), rss: process.memoryUsage().rss };
  await steps(10_000);
  expect(used() - before.heap).toBeLessThan(8e6);
  expect(process.memoryUsage().rss - before.rss).toBeLessThan(40e6);
});

test("models that share layers share weights", async () => {
  const model = build();
  const front = new Sequential([model.layers[0]!]);
  const features = async () => ((await front.predict(x, { verbose: 0 })) as { tolist(): unknown }).tolist();
  const before = await features();
  await model.fit(x, y, { verbose: 0 });
  expect(await features()).not.toEqual(before);
  expect(front.weights[0]).toBe(model.weights[0]);
});

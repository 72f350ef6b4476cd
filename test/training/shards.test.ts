import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { sha256, toHex } from "../../src/core/sha256.js";
import { configure, layers, loadModel, type Model, Sequential, setRandomSeed, Tensor } from "../../src/index.js";
import { decodeTrainState } from "../../src/training/state/train-state.js";

afterEach(() => configure({}));

const ROWS = 256;
const x = new Tensor(
  Float32Array.from({ length: ROWS * 512 }, (_, i) => ((i * 7919) % 1000) / 1000 - 0.5),
  [ROWS, 512],
);
const y = new Tensor(
  Int32Array.from({ length: ROWS }, (_, i) => i % 512),
  [ROWS],
);

function make(units: number, shards: number | "auto"): Model {
  setRandomSeed(5);
  const model = new Sequential([new layers.Dense(units, { inputShape: [512] }), new layers.Dropout(0.5)]);
  model.compile({
    optimizer: "adam",
    loss: { class_name: "SparseCategoricalCrossentropy", config: { from_logits: true } },
    shards,
  });
  return model;
}

const shardsOf = (model: Model): number => decodeTrainState(model.savable.getTrainState()!).shards;

async function digest(model: Model): Promise<string> {
  const weights = await model.getWeights();
  return toHex(await sha256(weights.map(({ data }) => new Uint8Array((data as Float32Array).buffer as ArrayBuffer))));
}

const once = { batchSize: ROWS, epochs: 2, verbose: 0 } as const;

test("the number of shards is chosen for the first training batch, and stays", async () => {
  const model = make(512, "auto");
  await model.evaluate(x, y, { batchSize: 32, verbose: 0 });
  await model.fit(x, y, once);
  expect(shardsOf(model)).toBe(2);
  await model.fit(x, y, { ...once, batchSize: 8, epochs: 1 });
  expect(shardsOf(model)).toBe(2);
});

test("a small first batch fixes nothing: a larger one gets more shards, also after a stop, and a number that was given stays", async () => {
  const train = async (model: Model): Promise<string> => {
    await model.fit(x, y, once);
    return digest(model);
  };
  const [model, stopped, given] = [make(512, "auto"), make(512, "auto"), make(512, 1)];
  for (const one of [model, stopped, given]) await one.trainOnBatch(x.slice(0, 2), y.slice(0, 2));
  expect(shardsOf(model)).toBe(1);
  await model.evaluate(x, y, { batchSize: 32, verbose: 0 });
  const whole = await train(model);
  expect([shardsOf(model), shardsOf(given)]).toEqual([2, 1]);
  const path = join(mkdtempSync(join(tmpdir(), "pawl-shards-")), "small.keras");
  await stopped.save(path);
  const resumed = (await loadModel(path)) as Model;
  expect(shardsOf(resumed)).toBe(1);
  expect(await train(resumed)).toBe(whole);
  expect(shardsOf(resumed)).toBe(2);
  expect(await train(given)).not.toBe(whole);
  expect(shardsOf(given)).toBe(1);
});

test("a small model has one shard", async () => {
  const model = make(512, "auto");
  await model.fit(x, y, { ...once, batchSize: 16 });
  expect(shardsOf(model)).toBe(1);
});

test("weights depend on the number of shards, not on the number of workers", async () => {
  const digests = new Map<string, string>();
  for (const [shards, workers] of [
    ["auto", 1],
    ["auto", 3],
    [2, 2],
    [4, 2],
    [4, 1],
  ] as const) {
    configure({ workers });
    const model = make(512, shards);
    await model.fit(x, y, once);
    digests.set(`${shards} ${workers}`, await digest(model));
  }
  expect(digests.get("auto 3")).toBe(digests.get("auto 1"));
  expect(digests.get("2 2")).toBe(digests.get("auto 1"));
  expect(digests.get("4 1")).toBe(digests.get("4 2"));
  expect(digests.get("4 1")).not.toBe(digests.get("2 2"));
});

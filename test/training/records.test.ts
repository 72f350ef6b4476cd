import { describe, expect, test } from "vitest";
import { compute, data, layers, Sequential, setRandomSeed, Tensor, utils } from "../../src/index.js";

const rows = Array.from({ length: 50 }, (_, i) => ({
  x: [Math.sin(i), Math.cos(2 * i), i / 50],
  y: i % 3,
  sampleWeight: 1 + (i % 4),
}));
const x = rows.map((row) => row.x);
const y = Int32Array.from(rows, (row) => row.y);

function network(): Sequential {
  setRandomSeed(4);
  const model = new Sequential([
    new layers.Dense(8, { activation: "relu", inputShape: [3] }),
    new layers.Dense(3, { activation: "softmax" }),
  ]);
  model.compile({ optimizer: "sgd", loss: "sparse_categorical_crossentropy", weightedMetrics: ["accuracy"] });
  return model;
}

describe("batches of records", () => {
  const quiet = { verbose: 0, epochs: 3, shuffle: false, batchSize: 8 } as const;

  test("have weights of samples from a column, as arrays have them", async () => {
    const weights = Float32Array.from(rows, (row) => row.sampleWeight);
    const arrays = await network().fit(x, y, { ...quiet, sampleWeight: weights });
    const records = await network().fit(data.records(rows).batch(8), { verbose: 0, epochs: 3 });
    expect(records.history).toEqual(arrays.history);
    const plain = await network().fit(data.records(rows).batch(8, { sampleWeight: null }), { verbose: 0, epochs: 3 });
    expect(plain.history).not.toEqual(arrays.history);
  });

  test("have weights of classes, as arrays have them, in fit and in evaluate", async () => {
    const classWeight = { 0: 1, 1: 3, 2: 0.5 };
    const batches = data.records(rows).batch(8, { sampleWeight: null });
    const [first, second] = [network(), network()];
    const arrays = await first.fit(x, y, { ...quiet, classWeight });
    const records = await second.fit(batches, { verbose: 0, epochs: 3, classWeight });
    expect(records.history).toEqual(arrays.history);
    expect(await second.evaluate(batches, { verbose: 0 })).toEqual(
      await first.evaluate(x, y, { verbose: 0, batchSize: 8 }),
    );
  });

  test("are learned from by layers, stream by stream, to what arrays give", async () => {
    const learned = async (given: Tensor | data.Batches): Promise<number[]> => {
      const normalize = new layers.Normalization({ axis: -1 });
      await normalize.adapt(given);
      return [...(await compute(normalize.mean!)).data, ...(await compute(normalize.variance!)).data].map(Number);
    };
    const arrays = await learned(Tensor.from(x));
    const records = await learned(data.records(rows).shuffle().batch(7));
    expect(arrays[2]).toBeCloseTo(0.49, 6);
    for (const [i, value] of records.entries()) expect(value).toBeCloseTo(arrays[i]!, 6);
  });

  test("teach vocabularies", async () => {
    const texts = data.records(["a b", "b c", "b"].map((text) => ({ x: text })));
    const vectorize = new layers.TextVectorization();
    await vectorize.adapt(texts.filter(({ x }) => x !== "b").batch(1));
    expect(vectorize.getVocabulary()).toEqual(["", "[UNK]", "b", "c", "a"]);
  });
});

describe("records without batches are refused with what to call", () => {
  const records = data.records(rows).shuffle() as never;
  test.each([
    ["fit", () => network().fit(records)],
    ["fit of an unbuilt model", () => new Sequential([new layers.Dense(1)]).fit(records)],
    ["evaluate", () => network().evaluate(records)],
    ["predict", () => network().predict(records)],
    ["trainOnBatch", () => network().trainOnBatch(records)],
    ["validationData", () => network().fit(x, y, { verbose: 0, validationData: records })],
    ["adapt", () => new layers.Normalization().adapt(records)],
  ])("%s", async (_name, run) => {
    await expect(run()).rejects.toMatchObject({
      code: "records-without-batch",
      message: expect.stringMatching(
        /take batches of records, not the records themselves\. Received: records\(50\)\.shuffle\(\)\. Expected: records\(50\)\.shuffle\(\)\.batch\(32\)\. Call batch last/u,
      ),
    });
  });
});

describe("data without an end is refused where all of it is wanted", () => {
  const endless = data.records(rows).shuffle().repeat().batch(8);
  const filtered = data
    .records(rows)
    .filter(() => true)
    .repeat()
    .filter(() => true)
    .batch(8);
  test.each([
    ["adapt", "steps", (all: typeof endless) => new layers.Normalization().adapt(all)],
    ["evaluate", "steps", (all: typeof endless) => network().evaluate(all)],
    ["predict", "steps", (all: typeof endless) => network().predict(all)],
    [
      "validation",
      "validationSteps",
      (all: typeof endless) => network().fit(x, y, { verbose: 0, validationData: all }),
    ],
  ] as const)("%s", async (name, option, run) => {
    for (const all of [endless, filtered]) {
      await expect(run(all)).rejects.toMatchObject({
        code: "endless-data",
        message: expect.stringMatching(
          new RegExp(
            `^${name} .*would never end.* Expected: data with an end, or ${option}\\. Give ${option}: 100`,
            "u",
          ),
        ),
      });
    }
  });

  test("a number of batches gives it an end, and predictions come one by one without", async () => {
    const layer = new layers.Normalization();
    await layer.adapt(endless, { steps: 3 });
    expect(await network().predict(endless, { steps: 2 })).toMatchObject({ shape: [16, 3] });
    const stream = network().predictBatches(endless);
    expect((await stream.next()).done).toBe(false);
    await stream.return(undefined);
  });

  test("adapt of a FeatureSpace", async () => {
    const space = new utils.FeatureSpace({ a: "float_normalized" });
    const all = data.records([{ a: 1 }]).repeat();
    await expect(space.adapt(all)).rejects.toMatchObject({ code: "endless-data" });
  });
});

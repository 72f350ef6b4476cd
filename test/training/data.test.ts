import { describe, expect, test } from "vitest";
import { setRandomSeed } from "../../src/core/seed.js";
import { Tensor } from "../../src/core/tensor.js";
import { ArrayDataset, arrays, fromGenerator } from "../../src/data/index.js";
import * as layers from "../../src/layers/index.js";
import { type AnyModel, Model, Sequential } from "../../src/model/index.js";
import { Input } from "../../src/network/index.js";
import * as random from "../../src/random/index.js";

const x = random.normal([9, 3], { seed: 1 });
const y = random.normal([9, 1], { seed: 2 });
const labels = random.integers(0, 4, [9], { seed: 3 });

function build(): Sequential {
  setRandomSeed(3);
  const model = new Sequential([new layers.Dense(1, { inputShape: [3] })]);
  model.compile({ optimizer: "sgd", loss: "mse" });
  return model;
}

function twoByTwo(grouped = false): AnyModel {
  setRandomSeed(3);
  const a = Input({ shape: [3], name: "a" });
  const b = Input({ shape: [1], name: "b" });
  const joined = new layers.Concatenate().apply([a, b]);
  const size = new layers.Dense(1, { name: "size" }).apply(joined);
  const kind = new layers.Dense(4, { name: "kind", activation: "softmax" }).apply(joined);
  const model = grouped ? new Model({ left: a, right: b }, { s: size, t: kind }) : new Model([a, b], [size, kind]);
  model.compile({ optimizer: "sgd", loss: ["mse", "sparse_categorical_crossentropy"] });
  return model;
}

const STEPS = { epochs: 2, verbose: 0 } as const;
const OPTIONS = { batchSize: 4, epochs: 2, shuffle: false, verbose: 0 } as const;

describe("the same training from", () => {
  const expected = build().fit(x, y, OPTIONS);
  const batches = [0, 4, 8].map((start) => [x.slice(start, start + 4), y.slice(start, start + 4)] as const);
  const { batchSize: _, ...inBatches } = OPTIONS;

  test.each<[string, () => Promise<{ readonly history: unknown }>]>([
    ["nested arrays", () => build().fit(x.tolist(), y.tolist(), OPTIONS)],
    ["objects with data and shape", () => build().fit({ data: x.data as Float32Array, shape: [9, 3] }, y, OPTIONS)],
    ["targets as a typed array", () => build().fit(x, y.data as Float32Array, OPTIONS)],
    ["a list of one", () => build().fit([x], [y], OPTIONS)],
    ["a data set", () => build().fit(new ArrayDataset({ x, y }), OPTIONS)],
    ["an iterable", () => build().fit(new Set(batches), inBatches)],
    ["a generator function", () => build().fit(() => batches.values(), inBatches)],
    [
      "an async generator function",
      () =>
        build().fit(async function* () {
          yield* batches;
        }, inBatches),
    ],
  ])("%s", async (_name, train) => {
    expect((await train()).history).toEqual((await expected).history);
  });
});

test("an exhausted generator ends the training with a warning, and adds no empty epoch", async () => {
  const warnings: string[] = [];
  const warn = console.warn;
  console.warn = (text: string) => void warnings.push(text);
  const generator = (function* () {
    yield [x, y] as const;
  })();
  const history = await build().fit(generator, { epochs: 3, verbose: 0 });
  console.warn = warn;
  expect(history.epoch).toEqual([0]);
  expect(warnings).toEqual(["The data had nothing left for epoch 2, so the training ends before it."]);
  await expect(build().fit(generator, { verbose: 0 })).rejects.toThrow("the data gave no batch");
});

describe("several inputs and outputs", () => {
  test("can be given as lists, by name, or by the keys of the model", async () => {
    const listed = await twoByTwo().fit([x, y], [y, labels], OPTIONS);
    const named = await twoByTwo().fit({ b: y, a: x }, { kind: labels, size: y }, OPTIONS);
    const keyed = await twoByTwo(true).fit({ left: x, right: y }, { s: y, t: labels }, OPTIONS);
    expect(named.history).toEqual(listed.history);
    const { kind_loss, size_loss, loss } = listed.history;
    expect(keyed.history).toEqual({ loss, s_loss: size_loss, t_loss: kind_loss });
    expect(Object.keys(listed.history)).toEqual(["kind_loss", "loss", "size_loss"]);
    const predicted = await twoByTwo().predict([x, y], { verbose: 0 });
    expect((predicted as { shape: unknown }[]).map(({ shape }) => shape)).toEqual([
      [9, 1],
      [9, 4],
    ]);
  });

  test("an output without a loss needs no targets", async () => {
    const model = twoByTwo();
    model.compile({ optimizer: "sgd", loss: { size: "mse", kind: null } });
    const history = await model.fit([x, y], { size: y }, OPTIONS);
    expect(Object.keys(history.history)).toEqual(["loss"]);
  });

  test("class weights by output are the weights of its rows, and leave other outputs their own", async () => {
    const byClass = [0.5, 1, 3, 1];
    const rows = Float32Array.from(labels.data, (label) => byClass[Number(label)]!);
    expect(new Set(rows).size).toBeGreaterThan(1);
    const other = random.uniform([9], { seed: 4 });
    const weighed = await twoByTwo().fit([x, y], [y, labels], {
      ...OPTIONS,
      sampleWeight: { size: new Tensor(new Float32Array(9).fill(1)), kind: new Tensor(rows) },
    });
    const given = await twoByTwo().fit([x, y], [y, labels], { ...OPTIONS, classWeight: { kind: { 0: 0.5, 2: 3 } } });
    expect(given.history).toEqual(weighed.history);
    expect(given.history).not.toEqual((await twoByTwo().fit([x, y], [y, labels], OPTIONS)).history);
    const batch = { x: [x, y], y: [y, labels], sampleWeight: { size: other } } as const;
    const beside = await twoByTwo().fit(() => [batch], {
      ...STEPS,
      classWeight: {
        kind: new Map([
          [0, 0.5],
          [2, 3],
        ]),
        size: null,
      },
    });
    const both = { x: [x, y], y: [y, labels], sampleWeight: { size: other, kind: new Tensor(rows) } } as const;
    expect(beside.history).toEqual((await twoByTwo().fit(() => [both], STEPS)).history);
    const logs = await twoByTwo().trainOnBatch([x, y], [y, labels], { classWeight: { kind: { 0: 0.5, 2: 3 } } });
    expect(logs).toEqual(
      await twoByTwo().trainOnBatch([x, y], [y, labels], {
        sampleWeight: { size: new Tensor(new Float32Array(9).fill(1)), kind: new Tensor(rows) },
      }),
    );
  });

  test("sample weights: one array for all outputs, or one per output", async () => {
    const weights = random.uniform([9], { seed: 4 });
    const shared = await twoByTwo().fit([x, y], [y, labels], { ...OPTIONS, sampleWeight: weights });
    const each = await twoByTwo().fit([x, y], [y, labels], {
      ...OPTIONS,
      sampleWeight: { size: weights, kind: weights },
    });
    expect(each.history).toEqual(shared.history);
  });
});

describe("errors", () => {
  const rejects = (name: string, train: () => Promise<unknown>, message: string | RegExp) =>
    test(name, () => expect(train()).rejects.toThrow(message));

  rejects(
    "unknown option",
    () => build().fit(x, y, { batchsize: 4 } as never),
    /^fit of Sequential "sequential(_\d+)?" has no option "batchsize"\. .* Did you mean "batchSize"\?$/,
  );
  rejects(
    "wrong input shape",
    () => build().fit(random.normal([9, 4]), y),
    /^Input "input_layer(_\d+)?" of fit of Sequential "sequential(_\d+)?" has the wrong shape\. Received: \(9, 4\)\. Expected: \(\?, 3\)\. The first axis counts the rows; reshape or transpose the others\.$/,
  );
  rejects("different sample counts", () => build().fit(x, y.slice(0, 8)), "Received: x: 9, y: 8.");
  rejects(
    "both kinds of weights",
    () => build().fit(x, y, { classWeight: { 0: 1 }, sampleWeight: [1] }),
    "classWeight and sampleWeight cannot be given together. Multiply the class weights into sampleWeight.",
  );
  rejects(
    "class weights of several outputs",
    () => twoByTwo().fit([x, y], [y, labels], { classWeight: { 0: 1 } }),
    /classWeight does not say which of several outputs it is for\. Received: weights by class\. .* Give them by output name: /,
  );
  rejects(
    "class weights of an output that is not there",
    () => twoByTwo().fit([x, y], [y, labels], { classWeight: { kinds: { 0: 1 } } }),
    /classWeight is for an output that the model does not have\. Received: "kinds"\. Expected: size, kind\. Did you mean "kind"\?/,
  );
  rejects(
    "class weights half by output",
    () => twoByTwo().fit([x, y], [y, labels], { classWeight: { kind: { 0: 1 }, size: 2 } as never }),
    /Received: kind: .* Give either a number for each class, or an object of such for each output/,
  );
  rejects(
    "targets beside batches",
    () => build().fit(new ArrayDataset({ x, y }) as never, y),
    "y cannot be given beside data that comes in batches. Yield [x, y] from the data.",
  );
  rejects(
    "a split of batches",
    () => build().fit(() => [[x, y]], { validationSplit: 0.5 }),
    "validationSplit needs arrays, and the data comes in batches. Received: validationSplit: 0.5. Give validationData instead.",
  );
  rejects("a split that leaves nothing", () => build().fit(x, y, { validationSplit: 0.999 }), "leaves nothing");
  rejects(
    "batch size of batches",
    () => build().fit(() => [[x, y]], { batchSize: 3 }),
    "batchSize means nothing for data that comes in batches. Received: 3.",
  );
  rejects(
    "unknown output",
    () => twoByTwo().fit([x, y], { sise: y, kind: labels }),
    'no output of the model: unknown name "sise". Expected: one of "size", "kind". Did you mean "size"?',
  );
  rejects("too few inputs", () => twoByTwo().fit(x, y), "must have 2 arrays. Received: one array.");
  rejects(
    "labels out of range",
    () => twoByTwo().fit([x, y], [y, [0, 1, 2, 3, 4, 0, 0, 0, 0]]),
    /the label at position 4 is no class of output "kind"\. Received: 4\. Expected: an integer from 0 to 3, as the output has 4 classes\. Number the classes from 0/,
  );
  rejects("no targets", () => build().fit(x), 'output "dense');
  rejects(
    "not compiled",
    () => new Sequential([new layers.Dense(1, { inputShape: [3] })]).fit(x, y),
    /is not compiled, so fit does not know what to minimize\. Call compile first/,
  );
  rejects(
    "validation data of one array",
    () => build().fit(x, y, { validationData: [x] as never }),
    "validationData must be [x, y] or [x, y, sampleWeight], or a data set. Received: a list of 1.",
  );
  rejects(
    "nothing to resume",
    () => build().fit(x, y, { resume: true }),
    "resume is true, but the model has no training state. Received: a model that has not trained.",
  );
  rejects(
    "options in the place of targets",
    () => build().fit(x, { epochs: 2 }),
    'was given options in the place of y. Received: an object with "epochs". Options come after the targets: (x, y, options).',
  );
  rejects(
    "validation data by name",
    () => build().fit(x, y, { verbose: 0, validationData: { x, y } as unknown as [typeof x, typeof y] }),
    "validationData must be [x, y] or [x, y, sampleWeight], or a data set.",
  );
  rejects(
    "rows in arrays of their own",
    () => build().fit([new Float32Array(3), new Float32Array(3)], y),
    "Received: a list of 2 arrays. Expected: an array. Rows in arrays of their own go into one: Tensor.from(rows.map((row) => [...row])).",
  );
  rejects("an optimizer's name", async () => build().compile({ optimizer: "adan" as "adam" }), 'Did you mean "adam"?');
  rejects(
    "losses that do not fit the outputs",
    async () => {
      const model = twoByTwo();
      model.compile({ loss: { size: "mse" } });
      await model.fit([x, y], [y, labels]);
    },
    'loss has no entry for "kind". Received: size. Expected: size, kind. Add an entry for each output; null leaves one out.',
  );
  rejects(
    "metrics that do not fit the outputs",
    async () => {
      const model = twoByTwo();
      model.compile({ loss: "mse", metrics: ["mae", "mse", "mae"] });
      await model.fit([x, y], [y, labels]);
    },
    "metrics must have one entry an output. Received: 3 entries. Expected: 2, for size, kind.",
  );
});

test("ignored labels may be out of range", async () => {
  setRandomSeed(3);
  const model = new Sequential([new layers.Dense(4, { inputShape: [3], activation: "softmax" })]);
  model.compile({ loss: { class_name: "SparseCategoricalCrossentropy", config: { ignore_class: 9 } } as never });
  await expect(model.fit(x, [9, 1, 2, 3, 0, 0, 0, 0, 0], OPTIONS)).resolves.toBeDefined();
});

test("a NaN loss warns once, with its position", async () => {
  const warnings: string[] = [];
  const warn = console.warn;
  console.warn = (text: string) => void warnings.push(text);
  const broken = x.clone();
  (broken.data as Float32Array)[5 * 3] = Number.NaN;
  await build().fit(broken, y, OPTIONS);
  console.warn = warn;
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toMatch(/^The loss of Sequential "sequential(_\d+)?" became NaN in epoch 1, step 2\./);
});

test("freezing after compile warns, and takes effect at the next compile", async () => {
  const warnings: string[] = [];
  const warn = console.warn;
  console.warn = (text: string) => void warnings.push(text);
  const model = build();
  model.layers[0]!.trainable = false;
  const before = model.weights[0]!.read().tolist();
  await model.fit(x, y, OPTIONS);
  expect(model.weights[0]!.read().tolist()).not.toEqual(before);
  console.warn = warn;
  expect(warnings[0]).toContain("layers have been frozen or thawed since compile");
  model.compile({ optimizer: "sgd", loss: "mse" });
  const frozen = model.weights[0]!.read().tolist();
  await model.fit(x, y, OPTIONS);
  expect(model.weights[0]!.read().tolist()).toEqual(frozen);
});

test("trainOnBatch and testOnBatch return loss and metrics of these rows alone; predictOnBatch predicts", async () => {
  const model = build();
  const whole = build();
  for (let step = 0; step < 3; step++) {
    const { history } = await whole.fit(x, y, { batchSize: 9, verbose: 0, shuffle: false });
    expect(await model.trainOnBatch(x, y)).toEqual({ loss: history["loss"]![0] });
  }
  for (let time = 0; time < 2; time++) {
    expect(await model.testOnBatch(x, y)).toEqual(await whole.evaluate(x, y, { verbose: 0 }));
  }
  expect(((await model.predictOnBatch(x)) as { tolist(): unknown }).tolist()).toEqual(
    ((await whole.predict(x, { verbose: 0 })) as { tolist(): unknown }).tolist(),
  );
});

describe("predictBatches", () => {
  const all = async (model: Sequential, data: Parameters<Sequential["predict"]>[0], options = {}) => {
    const parts: Tensor[] = [];
    for await (const part of model.predictBatches(data, { verbose: 0, ...options })) parts.push(part as Tensor);
    return parts;
  };

  test("gives what predict gives, a batch at a time, of arrays and of records", async () => {
    const model = build();
    const expected = ((await model.predict(x, { batchSize: 4, verbose: 0 })) as Tensor).tolist() as unknown[];
    const parts = await all(model, x, { batchSize: 4 });
    expect(parts.map(({ shape }) => shape[0])).toEqual([4, 4, 1]);
    expect(parts.flatMap((part) => part.tolist() as unknown[])).toEqual(expected);
    const records = await all(model, arrays({ x }).batch(4));
    expect(records.flatMap((part) => part.tolist() as unknown[])).toEqual(expected);
    expect(await all(model, x, { batchSize: 4, steps: 2 })).toHaveLength(2);
  });

  test("computes and reads nothing that nobody asks for, and ends when nobody asks any more", async () => {
    const events: string[] = [];
    const rows = fromGenerator(async function* () {
      try {
        for (let i = 0; ; i++) {
          events.push(`read ${i}`);
          yield [x];
        }
      } finally {
        events.push("closed");
      }
    });
    for await (const _ of build().predictBatches(rows, { verbose: 0 })) {
      events.push("given");
      if (events.filter((event) => event === "given").length === 2) break;
    }
    expect(events.filter((event) => event === "given")).toHaveLength(2);
    expect(events.filter((event) => event.startsWith("read")).length).toBeLessThanOrEqual(3);
    expect(events.at(-1)).toBe("closed");
  });

  test("is an error where predict is one", async () => {
    await expect(all(build(), random.normal([2, 4]))).rejects.toThrow(/predictBatches of Sequential/);
  });
});

test("float16 and bfloat16 data is read as numbers, not as bits", async () => {
  const half = (bits: number) =>
    new Tensor(new Uint16Array(12).fill(bits), [4, 3], bits === 0x4000 ? "float16" : "bfloat16");
  const predict = async (rows: Tensor) => ((await build().predict(rows, { verbose: 0 })) as Tensor).tolist();
  expect(await predict(half(0x4000))).toEqual(await predict(Tensor.full([4, 3], 2)));
  expect(await predict(half(0x3f80))).toEqual(await predict(Tensor.full([4, 3], 1)));
});

test("a Sequential with added layers predicts with all of them, and must be compiled again to train", async () => {
  const model = build();
  await model.fit(x, y, OPTIONS);
  model.add(new layers.Dense(2));
  expect(((await model.predict(x, { verbose: 0 })) as Tensor).shape).toEqual([9, 2]);
  await expect(model.fit(x, y, OPTIONS)).rejects.toThrow("Compile with a new optimizer");
  model.compile({ optimizer: "sgd", loss: "mse" });
  expect((await model.fit(x, random.normal([9, 2]), OPTIONS)).epoch).toEqual([0, 1]);
});

test("a model without an input shape takes it from the data", async () => {
  setRandomSeed(3);
  const model = new Sequential([new layers.Dense(1)]);
  model.compile({ optimizer: "sgd", loss: "mse" });
  const history = await model.fit(x, y, OPTIONS);
  expect(history.history).toEqual((await build().fit(x, y, OPTIONS)).history);
});

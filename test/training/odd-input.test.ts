import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as pawl from "../../src/index.js";
import { data, Input, layers, Model, PawlError, random, Sequential, Tensor } from "../../src/index.js";

/** Values that programs pass by mistake, by description. */
const loop: unknown[] = [];
loop[0] = loop;
const ODD: Readonly<Record<string, unknown>> = {
  undefined: undefined,
  null: null,
  "an empty object": {},
  "an empty list": [],
  "a list of nothing": [[]],
  "rows of different lengths": [[1, 2, 3], [1]],
  "a string": "abc",
  "strings in rows": [["a", "b", "c"]],
  "numbers as strings": [["1", "2", "3"]],
  "a function that gives nothing": () => undefined,
  "a function that gives a number": () => 5,
  "a Promise": Promise.resolve([[1, 2, 3]]),
  "a number": 7,
  NaN: Number.NaN,
  true: true,
  "a bigint": 5n,
  "a symbol": Symbol("s"),
  "a Date": new Date(0),
  "a Map": new Map(),
  "a Set of numbers": new Set([1, 2]),
  "a sparse array": new Array(3),
  "holes in rows": [new Array(3)],
  "null in rows": [[1, null, 3]],
  "undefined in rows": [[1, undefined, 3]],
  "objects in rows": [[{}, {}, {}]],
  "an array that holds itself": loop,
  "a DataView": new DataView(new ArrayBuffer(12)),
  "an ArrayBuffer": new ArrayBuffer(12),
  "one row without its axis": [1, 2, 3],
  "a tensor of wrong size": { data: [1, 2], shape: [1, 3] },
  "a tensor of NaN shape": { data: [1, 2, 3], shape: [1, Number.NaN] },
  "a tensor with a number as shape": { data: [1, 2, 3], shape: 3 },
  "a tensor of unknown dtype": { data: [1, 2, 3], shape: [1, 3], dtype: "float" },
  "a tensor with a string as data": { data: "abc", shape: [1, 3] },
  "a tensor without data": { data: null, shape: [1, 3] },
  "a tensor of strings": new Tensor(["a", "b", "c"], [1, 3]),
  "a scalar tensor": Tensor.scalar(1),
  "a tensor without rows": Tensor.zeros([0, 3]),
  "too many features": Tensor.zeros([2, 4]),
  "too many axes": Tensor.zeros([2, 3, 3]),
  "a class": Tensor,
  "a layer": new layers.Dense(2),
  "a Keras tensor": Input({ shape: [3] }),
};

const X = [
  [1, 2, 3],
  [4, 5, 6],
];
const Y = [[1], [2]];

function compiled(): Model {
  const model = new Sequential([new layers.Dense(1, { inputShape: [3] })]);
  model.compile({ optimizer: "sgd", loss: "mse" });
  return model;
}

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pawl-odd-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

type Call = (model: Model, odd: never) => unknown;

/** Each argument that takes data, and the odd values that are allowed there. */
const DATA: Readonly<Record<string, { call: Call; fine: readonly string[] }>> = {
  "fit x": { call: (model, x) => model.fit(x, Y, { verbose: 0 }), fine: [] },
  "fit y": { call: (model, y) => model.fit(X, y, { verbose: 0 }), fine: [] },
  "fit sampleWeight": {
    call: (model, sampleWeight) => model.fit(X, Y, { verbose: 0, sampleWeight }),
    fine: ["undefined", "null", "an empty object"],
  },
  "fit validationData": {
    call: (model, validationData) => model.fit(X, Y, { verbose: 0, validationData }),
    fine: ["undefined", "null"],
  },
  "fit validationData of y": { call: (model, y) => model.fit(X, Y, { verbose: 0, validationData: [X, y] }), fine: [] },
  "fit of a generator of": {
    call: (model, batch) => model.fit(() => [batch], { verbose: 0 }),
    fine: [],
  },
  "fit of a generator of x": {
    call: (model, x) => model.fit(() => [[x, Y] as const], { verbose: 0 }),
    fine: [],
  },
  "evaluate x": { call: (model, x) => model.evaluate(x, Y, { verbose: 0 }), fine: [] },
  "evaluate y": { call: (model, y) => model.evaluate(X, y, { verbose: 0 }), fine: [] },
  "predict x": { call: (model, x) => model.predict(x, { verbose: 0 }), fine: [] },
  "predictOnBatch x": { call: (model, x) => model.predictOnBatch(x), fine: [] },
  "trainOnBatch x": { call: (model, x) => model.trainOnBatch(x, Y), fine: [] },
  "trainOnBatch y": { call: (model, y) => model.trainOnBatch(X, y), fine: [] },
  "trainOnBatch classWeight": {
    call: (model, classWeight) => model.trainOnBatch(X, Y, { classWeight }),
    fine: ["undefined", "null", "an empty object", "a Map"],
  },
  "testOnBatch x": { call: (model, x) => model.testOnBatch(x, Y), fine: [] },
  "testOnBatch y": { call: (model, y) => model.testOnBatch(X, y), fine: [] },
  setWeights: { call: (model, weights) => model.setWeights(weights), fine: [] },
  "ArrayDataset x": {
    call: (_, x) => new data.ArrayDataset({ x }),
    fine: [
      "one row without its axis",
      "a list of nothing",
      "a tensor of strings",
      "numbers as strings",
      "strings in rows",
      "too many axes",
      "too many features",
    ],
  },
  fromGenerator: {
    call: (model, source) => model.fit(data.fromGenerator(source), { verbose: 0 }),
    fine: [],
  },
};

/** Values that the loss accepts as targets, or as data without features to count. */
const BROADCASTS = ["one row without its axis", "too many features", "too many axes"];

const PLACES: Readonly<Record<string, { call: Call; fine: readonly string[] }>> = {
  "save path": { call: (model, path) => model.save(path), fine: ["a string"] },
  "saveWeights path": { call: (model, path) => model.saveWeights(path), fine: ["a string"] },
  "loadWeights path": { call: (model, path) => model.loadWeights(path), fine: [] },
  "loadModel path": { call: (_, path) => pawl.loadModel(path), fine: [] },
  "fit callbacks": {
    call: (model, callbacks) => model.fit(X, Y, { verbose: 0, callbacks }),
    fine: ["undefined", "null", "an empty list"],
  },
  "fit epochs": { call: (model, epochs) => model.fit(X, Y, { verbose: 0, epochs }), fine: ["undefined", "a number"] },
  "compile optimizer": {
    call: (_, optimizer) => compiled().compile({ optimizer, loss: "mse" }),
    fine: ["undefined"],
  },
  "compile metrics": {
    call: (_, metrics) => compiled().compile({ loss: "mse", metrics }),
    fine: [
      "undefined",
      "null",
      "an empty object",
      "an empty list",
      "a list of nothing",
      "a function that gives nothing",
      "a function that gives a number",
    ],
  },
  getLayer: { call: (model, name) => model.getLayer(name), fine: [] },
  "new Sequential": { call: (_, list) => new Sequential(list), fine: ["undefined", "an empty list"] },
  "Sequential add": { call: (_, layer) => new Sequential().add(layer), fine: ["a layer", "a Keras tensor"] },
  "new Model inputs": {
    call: (_, inputs) => new Model(inputs, new layers.Dense(1).apply(Input({ shape: [3] }))),
    fine: ["null"],
  },
  "new Model outputs": { call: (_, outputs) => new Model(Input({ shape: [3] }), outputs), fine: ["null"] },
  "layer.apply": { call: (_, x) => new layers.Dense(1).apply(x), fine: ["a Keras tensor"] },
  "Input shape": {
    call: (_, shape) => Input({ shape }),
    fine: ["an empty list", "one row without its axis"],
  },
  "Dense units": { call: (_, units) => new layers.Dense(units), fine: ["a number"] },
  "random.normal shape": {
    call: (_, shape) => random.normal(shape),
    fine: ["an empty list", "one row without its axis"],
  },
  setRandomSeed: { call: (_, seed) => pawl.setRandomSeed(seed), fine: ["a number"] },
};

/** What is wrong with a call's result: null for nothing; accepted, not one of our errors, or a part is missing. */
async function fault(call: Call, model: Model, odd: unknown): Promise<string | null> {
  try {
    await call(model, odd as never);
    return "taken";
  } catch (error) {
    if (!(error instanceof PawlError)) return `no PawlError: ${String(error)}`;
    const { received, expected, fix } = error.parts;
    if ((received ?? expected ?? error.data["path"]) === undefined || fix === undefined)
      return `a part is missing: ${error.message}`;
    return /undefined is|is not a function|Cannot read|\[object /u.test(error.message) ? error.message : null;
  }
}

describe.each(Object.entries({ ...DATA, ...PLACES }))("%s", (place, { call, fine }) => {
  const model = compiled();
  const isTarget = / (y|sampleWeight)$/u.test(place);
  const meant = [...fine, ...(isTarget ? BROADCASTS : [])];

  it("answers any odd value with a typed error in three parts", async () => {
    const faults: Record<string, string> = {};
    for (const [name, odd] of Object.entries(ODD)) {
      const found = meant.includes(name) ? null : await fault(call, model, odd);
      if (found !== null) faults[name] = found;
    }
    expect(faults).toEqual({});
  });

  it("leaves the model usable", async () => {
    expect(await model.predict(X, { verbose: 0 })).toMatchObject({ shape: [2, 1] });
    expect(Object.keys(await model.evaluate(X, Y, { verbose: 0 }))).toEqual(["loss"]);
  });
});

it("accepts unusual number types as data", async () => {
  const model = compiled();
  const same = [
    X,
    new Tensor(new Float64Array(X.flat()), [2, 3]),
    new Tensor(Buffer.from(X.flat()), [2, 3]),
    new Tensor(new BigInt64Array(X.flat().map(BigInt)), [2, 3]),
    new Tensor(new Uint8ClampedArray(X.flat()), [2, 3]),
    X.map((row) => row.map(BigInt)),
    { data: X.flat(), shape: [2, 3] },
  ];
  const outputs = await Promise.all(same.map((x) => model.predict(x, { verbose: 0 })));
  for (const output of outputs) expect(output).toEqual(outputs[0]);
});

import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { Tensor } from "../../src/core/tensor.js";
import { defaultEngine, type Engine, interpreterEngine, setDefaultEngine, Variable } from "../../src/engine/index.js";
import { OnnxEngine } from "../../src/engine/onnx/engine.js";
import * as layers from "../../src/layers/index.js";
import { compute, Model, Sequential } from "../../src/model/index.js";
import { Input } from "../../src/network/index.js";
import * as ops from "../../src/ops/index.js";
import * as random from "../../src/random/index.js";

const x = random.normal([5, 4], { seed: 1 });
const flat = ({ data }: Tensor): number[] => Array.from(data as Float32Array);

afterEach(() => setDefaultEngine(null));

describe.each(["native", "web", "interpreter"])("on the engine %s", (name) => {
  let engine: Engine;

  beforeAll(async () => {
    if (name === "native") engine = await defaultEngine();
    else if (name === "interpreter") engine = interpreterEngine();
    else engine = new OnnxEngine(await (await import("../../src/engine/web/machine.js")).webMachine());
  });

  test("values are computed, alone, in lists and in records, in their shapes and dtypes", async () => {
    setDefaultEngine(engine);
    const sum = await compute(ops.sum(x, { axes: [-1] }));
    const rows = Array.from({ length: 5 }, (_, i) => flat(x.slice(i, i + 1)).reduce((a, b) => a + b));
    expect(sum.shape).toEqual([5]);
    flat(sum).forEach((total, i) => void expect(total).toBeCloseTo(rows[i]!, 5));
    const { values, indices } = await compute(ops.topK(new Tensor([1, 9, 4, 7], [4]), 2));
    expect([values.dtype, flat(values), indices.dtype, flat(indices)]).toEqual(["float32", [9, 7], "int32", [1, 3]]);
    const [positive, nested] = await compute([ops.greater(x, 0), { nan: ops.isNan(x), all: [ops.argmax(x, -1)] }]);
    expect([positive.dtype, positive.shape]).toEqual(["bool", [5, 4]]);
    expect(nested.nan.dtype).toBe("bool");
    expect(nested.all[0]!.dtype).toBe("int32");
  });

  test("constants, variables, numbers and the same value twice are values too", async () => {
    setDefaultEngine(engine);
    const weight = new Variable({ name: "w", shape: [2], initial: [1, 2] });
    const [tensor, variable, number, doubled] = await compute([x, weight, 3, ops.multiply(weight.value, 2)]);
    expect(flat(tensor)).toEqual(flat(x));
    expect(flat(variable)).toEqual([1, 2]);
    expect(flat(number)).toEqual([3]);
    expect(flat(doubled)).toEqual([2, 4]);
    const twice = ops.add(x, 1);
    const [a, b] = await compute([twice, twice]);
    expect(flat(a)).toEqual(flat(b));
    a.data[0] = 7;
    expect(b.data[0]).not.toBe(7);
    expect(x.data[0]).not.toBe(7);
  });

  test("a model is applied to data as predict does, and its gradient for an image is that of differences", async () => {
    setDefaultEngine(engine);
    const model = new Sequential([
      Input({ shape: [6, 6, 1] }),
      new layers.Conv2D(3, 3, { activation: "tanh" }),
      new layers.BatchNormalization(),
      new layers.Flatten(),
      new layers.Dropout(0.5),
      new layers.Dense(2, { activation: "softmax" }),
    ]);
    const image = random.normal([1, 6, 6, 1], { seed: 3 });
    const value = ops.constant(image);
    const { scores, slope } = await compute({
      scores: model.apply(value),
      slope: ops.gradients(ops.slice(model.apply(value), -1, 0, 1), value),
    });
    const predicted = await model.predict(image, { verbose: 0 });
    flat(scores).forEach((score, i) => void expect(score).toBeCloseTo(predicted.data[i] as number, 5));
    const at = async (step: number): Promise<number> => {
      const moved = image.clone();
      moved.data[8] = (image.data[8] as number) + step;
      return (await compute(model.apply(ops.constant(moved)))).data[0] as number;
    };
    expect(slope.data[8]).toBeCloseTo(((await at(1e-2)) - (await at(-1e-2))) / 2e-2, 3);
  });

  test("a loop over data of one shape compiles once, also when small numbers in it change", async () => {
    setDefaultEngine(engine);
    const run = (factor: number, by: Tensor) => compute(ops.sum(ops.multiply(ops.add(x, by), factor)));
    const expected = (factor: number, by: Tensor): number =>
      flat(x).reduce((sum, element, i) => sum + (element + (by.data[i % 4] as number)) * factor, 0);
    for (const factor of [1, 2]) await run(factor, random.normal([4], { seed: factor }));
    const before = engine.sessionCount;
    for (const factor of [3, -0.5, 1, 2]) {
      const by = random.normal([4], { seed: 10 + Math.round(factor) });
      expect((await run(factor, by)).item()).toBeCloseTo(expected(factor, by), 3);
    }
    expect(engine.sessionCount).toBe(before);
  });
});

test("random values need a seed, and are the same for the same seed and iteration", async () => {
  const noise = () => ops.random([3], 7, "normal");
  await expect(compute(noise())).rejects.toThrow(
    "compute needs a seed for random values. Received: no seed. Give one: compute(values, { seed: 1 }).",
  );
  const [a, b, c] = [{ seed: 1 }, { seed: 1 }, { seed: 1, iteration: 1 }].map((options) => compute(noise(), options));
  expect(flat(await a!)).toEqual(flat(await b!));
  expect(flat(await a!)).not.toEqual(flat(await c!));
});

test("recurrent layers are told apart by their steps", async () => {
  const sequence = random.normal([2, 5, 3], { seed: 4 });
  const outputs = async (activation: "tanh" | "sigmoid"): Promise<number[]> => {
    const layer = new layers.LSTM(2, { activation, kernelInitializer: "ones", recurrentInitializer: "ones" });
    const model = new Sequential([Input({ shape: [5, 3] }), layer]);
    const applied = await compute(model.apply(ops.constant(sequence)));
    flat(await model.predict(sequence, { verbose: 0 })).forEach(
      (element, i) => void expect(applied.data[i]).toBeCloseTo(element, 5),
    );
    return flat(applied);
  };
  expect(await outputs("tanh")).not.toEqual(await outputs("sigmoid"));
});

test("many at once, and beside a training that is running", async () => {
  const model = new Sequential([Input({ shape: [4] }), new layers.Dense(1)]);
  model.compile({ optimizer: "sgd", loss: "mse" });
  const fitted = model.fit(random.normal([32, 4], { seed: 1 }), random.normal([32, 1], { seed: 2 }), {
    epochs: 3,
    verbose: 0,
  });
  const sums = await Promise.all(Array.from({ length: 50 }, (_, i) => compute(ops.sum(ops.multiply(x, i)))));
  const total = flat(x).reduce((a, b) => a + b);
  sums.forEach((sum, i) => void expect(sum.item()).toBeCloseTo(i * total, 3));
  const scores = await compute(model.apply(ops.constant(x)));
  expect(scores.shape).toEqual([5, 1]);
  await fitted;
  const after = await compute(model.apply(ops.constant(x)));
  const predicted = await model.predict(x, { verbose: 0 });
  flat(after).forEach((score, i) => void expect(score).toBeCloseTo(predicted.data[i] as number, 5));
});

test("it counts what data was when it was called", async () => {
  const data = new Tensor(
    Array.from({ length: 20 }, () => 1),
    [20],
  );
  const pending = compute(ops.sum(data));
  data.data.fill(5 as never);
  expect((await pending).item()).toBe(20);
  const few = new Tensor([1, 1], [2]);
  const first = compute(ops.sum(few));
  few.data.fill(5 as never);
  expect((await first).item()).toBe(2);
});

test("programs that were given up for others are made again", async () => {
  const sums = async (): Promise<number[]> => {
    const all: number[] = [];
    for (let n = 1; n <= 70; n++) all.push((await compute(ops.sum(ops.iota(n)))).item());
    return all;
  };
  const expected = Array.from({ length: 70 }, (_, i) => (i * (i + 1)) / 2);
  expect(await sums()).toEqual(expected);
  expect(await sums()).toEqual(expected);
});

test("empty lists, records and tensors", async () => {
  expect(await compute([])).toEqual([]);
  expect(await compute({})).toEqual({});
  expect((await compute(ops.add(new Tensor([], [0, 3]), 1))).shape).toEqual([0, 3]);
});

describe("what cannot be computed is named", () => {
  const input = Input({ shape: [3], name: "pixels" });

  test.each<[string, () => Promise<unknown>, string]>([
    [
      "a tensor of a functional model",
      // @ts-expect-error it has no data
      () => compute({ a: [input] }),
      'compute: .a[0] is a tensor of a functional model, which has no data. Received: KerasTensor "pixels". Expected: values made of tensors, numbers and variables. Make a model of it and predict: new Model(inputs, tensor); or apply its layers to ops.constant(data).',
    ],
    [
      "an input of a step",
      () => compute(ops.add(ops.input("x", [2], "float32"), 1)),
      'compute cannot know the value of "x": it has data only while a model runs. Received: float32 (2,). Expected: values made of tensors, numbers and variables. Apply the layers to data: model.apply(ops.constant(tensor)).',
    ],
    [
      "rows of a batch",
      () => compute(ops.full([-1, 2], 0)),
      "compute knows no batch, and a value has as many rows as the batch. Received: broadcast of shape (?, 2). Expected: sizes that are known. Give the number of rows in place of -1.",
    ],
    [
      "something else",
      // @ts-expect-error neither a value nor data
      () => compute([new Map()]),
      "compute: [0] is nothing that can be computed. Received: a Map. Expected: a value of a graph, a variable, a tensor, a number, or lists and records of these.",
    ],
    [
      "a misspelled option",
      // @ts-expect-error no such option
      () => compute(ops.constant(1), { sed: 1 }),
      'compute has no option "sed"',
    ],
  ])("%s", async (_name, run, message) => {
    await expect(run()).rejects.toThrow(message);
  });
});

test("a model in the middle of another gives what compute gives for it", async () => {
  const inputs = Input({ shape: [4] });
  const hidden = new layers.Dense(3, { activation: "relu" });
  const model = new Model(inputs, [hidden.apply(inputs), new layers.Dense(2).apply(hidden.output)]);
  const [first, second] = await compute(model.apply([ops.constant(x)] as never) as never as readonly [Tensor, Tensor]);
  const [a, b] = await model.predict(x, { verbose: 0 });
  for (const [computed, predicted] of [
    [first, a],
    [second, b],
  ] as const)
    flat(computed).forEach((element, i) => void expect(element).toBeCloseTo(predicted.data[i] as number, 5));
});

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { DType } from "../../src/core/dtype.js";
import { Tensor } from "../../src/core/tensor.js";
import * as layers from "../../src/layers/index.js";
import * as losses from "../../src/losses/index.js";
import * as metrics from "../../src/metrics/index.js";
import { type AnyModel, Model, Sequential } from "../../src/model/index.js";
import { Input } from "../../src/network/index.js";
import * as optimizers from "../../src/optimizers/index.js";
import * as schedules from "../../src/schedules/index.js";
import type { CompileOptions, FitOptions } from "../../src/training/index.js";

interface Array_ {
  readonly shape: readonly number[];
  readonly dtype: DType;
  readonly data: readonly number[];
}
interface Recorded {
  readonly data: Readonly<Record<"x" | "y" | "sample_weight" | "validation_data", Array_ | readonly Array_[]>>;
  readonly before: readonly Array_[];
  readonly history: Readonly<Record<string, readonly number[]>>;
  readonly evaluated: Readonly<Record<string, number>>;
  readonly after: readonly Array_[];
}

const recorded: Readonly<Record<string, Recorded>> = JSON.parse(
  readFileSync(new URL("../fixtures/keras/training.json", import.meta.url), "utf8"),
);
const tensor = ({ data, shape, dtype }: Array_): Tensor => new Tensor(data, shape, dtype);
const tensors = (value: Array_ | readonly Array_[]) =>
  "shape" in value ? tensor(value) : (value as readonly Array_[]).map(tensor);

function chain(
  classes: number,
  activation: layers.DenseOptions["activation"] & (string | null),
  options: layers.DenseOptions = {},
): Sequential {
  return new Sequential([
    Input({ shape: [5], name: "x" }),
    new layers.Dense(6, { activation: "tanh", name: "hidden", ...options }),
    new layers.Dense(classes, { activation, name: "out" }),
  ]);
}

function twoOutputs(): AnyModel {
  const a = Input({ shape: [4], name: "a" });
  const b = Input({ shape: [3], name: "b" });
  const joined = new layers.Concatenate({ name: "joined" }).apply([a, b]);
  const hidden = new layers.Dense(5, { activation: "relu", name: "hidden" }).apply(joined);
  const size = new layers.Dense(1, { name: "size" }).apply(hidden);
  const kind = new layers.Dense(3, { activation: "softmax", name: "kind" }).apply(hidden);
  return new Model([a, b], [size, kind]);
}

function batchNorm(): Sequential {
  return new Sequential([
    Input({ shape: [5], name: "x" }),
    new layers.Dense(6, {
      activation: "relu",
      name: "hidden",
      kernelRegularizer: { class_name: "L2", config: { l2: 0.01 } },
    }),
    new layers.BatchNormalization({ name: "norm", momentum: 0.8 }),
    new layers.Dense(1, {
      activation: "sigmoid",
      name: "out",
      kernelConstraint: { class_name: "MaxNorm", config: { max_value: 0.7 } },
    }),
  ]);
}

function maskedTokens(): Model {
  const ids = Input({ shape: [6], dtype: "int32", name: "ids" });
  const x = new layers.Embedding(9, 4, { maskZero: true, name: "embedding" }).apply(ids);
  const attention = new layers.MultiHeadAttention(2, 3, { name: "attention" });
  const attended = attention.apply([x, x], { useCausalMask: true });
  const added = new layers.Add({ name: "add" }).apply([x, attended]);
  const normed = new layers.LayerNormalization({ name: "norm" }).apply(added);
  return new Model(ids, new layers.Dense(5, { activation: "softmax", name: "out" }).apply(normed));
}

function maskedSequences(): Sequential {
  return new Sequential([
    Input({ shape: [6, 3], name: "x" }),
    new layers.Masking({ name: "masking" }),
    new layers.BatchNormalization({ name: "norm", momentum: 0.7 }),
    new layers.LSTM(4, { returnSequences: true, name: "lstm" }),
    new layers.GlobalAveragePooling1D({ name: "pool" }),
    new layers.Dense(1, { activation: "sigmoid", name: "out" }),
  ]);
}

function maskedRegression(): Sequential {
  return new Sequential([
    Input({ shape: [6], dtype: "int32", name: "ids" }),
    new layers.Embedding(9, 4, { maskZero: true, name: "embedding" }),
    new layers.LSTM(3, { returnSequences: true, name: "lstm" }),
    new layers.Dense(2, { name: "out" }),
  ]);
}

/** The same models, arguments of compile and of fit as in interop/fixtures/training.py. */
const CASES: Readonly<Record<string, readonly [() => Model, () => CompileOptions, FitOptions]>> = {
  regression: [
    () => chain(1, null),
    () => ({ optimizer: new optimizers.SGD({ learningRate: 0.05, momentum: 0.9 }), loss: "mse", metrics: ["mae"] }),
    { batchSize: 8, epochs: 4, validationSplit: 0.25 },
  ],
  "class weights": [
    () => chain(1, "sigmoid"),
    () => ({
      optimizer: new optimizers.Adam({ learningRate: 0.02 }),
      loss: "binary_crossentropy",
      metrics: ["accuracy"],
      weightedMetrics: ["accuracy", "mse"],
    }),
    { batchSize: 7, epochs: 3, classWeight: { 0: 0.5, 1: 2 } },
  ],
  "sample weights": [
    () => chain(3, "softmax"),
    () => ({
      optimizer: new optimizers.RMSprop({ learningRate: 0.01 }),
      loss: "sparse_categorical_crossentropy",
      metrics: ["acc"],
      weightedMetrics: ["acc"],
    }),
    { batchSize: 8, epochs: 3 },
  ],
  "one-hot by chosen names": [
    () => chain(3, "softmax"),
    () => ({ optimizer: "adam", loss: "crossentropy", metrics: ["accuracy", "categorical_crossentropy"] }),
    { batchSize: 32, epochs: 3 },
  ],
  "several outputs": [
    twoOutputs,
    () => ({
      optimizer: new optimizers.Adam({ learningRate: 0.01 }),
      loss: { size: "mse", kind: "sparse_categorical_crossentropy" },
      lossWeights: { size: 0.3, kind: 1.5 },
      metrics: { kind: ["accuracy"], size: "mae" },
    }),
    { batchSize: 9, epochs: 3, validationSplit: 0.2 },
  ],
  "accumulated and clipped gradients": [
    () => chain(1, null),
    () => ({
      optimizer: new optimizers.Adam({ learningRate: 0.05, gradientAccumulationSteps: 3, globalClipnorm: 0.4 }),
      loss: "mse",
    }),
    { batchSize: 5, epochs: 4 },
  ],
  "batch statistics, penalty, constraint, averages": [
    batchNorm,
    () => ({
      optimizer: new optimizers.SGD({ learningRate: 0.1, useEma: true, emaMomentum: 0.8 }),
      loss: "binary_crossentropy",
    }),
    { batchSize: 8, epochs: 3, validationSplit: 0.3 },
  ],
  "steps across epochs": [
    () => chain(1, null),
    () => ({
      optimizer: new optimizers.SGD({
        learningRate: new schedules.ExponentialDecay({ initialLearningRate: 0.1, decaySteps: 3, decayRate: 0.7 }),
      }),
      loss: "mae",
    }),
    { batchSize: 4, epochs: 3, stepsPerEpoch: 4, validationSteps: 2, validationFreq: 2 },
  ],
  "sum, masked by weights": [
    () => chain(1, null),
    () => ({
      optimizer: new optimizers.AdamW({ learningRate: 0.01, weightDecay: 0.1 }),
      loss: new losses.Huber({ reduction: "sum" }),
    }),
    { batchSize: 6, epochs: 2 },
  ],
  "masked tokens": [
    maskedTokens,
    () => ({
      optimizer: new optimizers.SGD({ learningRate: 0.1, momentum: 0.9 }),
      loss: "sparse_categorical_crossentropy",
      metrics: ["accuracy"],
      weightedMetrics: ["accuracy", "sparse_categorical_crossentropy"],
    }),
    { batchSize: 8, epochs: 3 },
  ],
  "masked sequences": [
    maskedSequences,
    () => ({
      optimizer: new optimizers.RMSprop({ learningRate: 0.01 }),
      loss: "binary_crossentropy",
      metrics: ["accuracy"],
    }),
    { batchSize: 8, epochs: 3 },
  ],
  "masked regression, summed": [
    maskedRegression,
    () => ({
      optimizer: new optimizers.SGD({ learningRate: 0.01 }),
      loss: new losses.MeanSquaredError({ reduction: "sum" }),
      metrics: ["mae", new metrics.RootMeanSquaredError()],
    }),
    { batchSize: 8, epochs: 2 },
  ],
};

test("every recorded training has a case", () => expect(Object.keys(CASES)).toEqual(Object.keys(recorded)));

describe.each([1, 3])("in %i shards", (shards) => {
  test.each(Object.entries(CASES))("%s: trains as in real Keras", async (name, [make, compile, options]) => {
    const { data, before, history, evaluated, after } = recorded[name]!;
    const model = make();
    await model.setWeights(before.map(tensor));
    model.compile({ ...compile(), shards });
    const [x, y] = [tensors(data.x), tensors(data.y)];
    const trained = await model.fit(x, y, {
      ...options,
      shuffle: false,
      verbose: 0,
      ...(data.sample_weight ? { sampleWeight: tensors(data.sample_weight) } : {}),
      ...(data.validation_data ? { validationData: tensors(data.validation_data) as [Tensor, Tensor] } : {}),
    });
    expectClose(trained.history, history);
    expectClose(await model.evaluate(x, y, { verbose: 0 }), evaluated);
    const weights = await model.getWeights();
    weights.forEach((weight, i) => {
      expectClose({ [i]: Array.from(weight.data as Float32Array) }, { [i]: after[i]!.data });
    });
  });
});

type Logs = Readonly<Record<string, number | readonly number[]>>;

/** Equal within 1e-5 relative to the largest value of each list. */
function expectClose(received: Logs, expected: Logs): void {
  expect(Object.keys(received).sort()).toEqual(Object.keys(expected).sort());
  for (const [key, value] of Object.entries(expected)) {
    const [want, got] = [[value].flat(), [received[key]!].flat()];
    expect([key, got.length]).toEqual([key, want.length]);
    const scale = Math.max(...want.map(Math.abs), 1e-3);
    got.forEach((number, i) => {
      expect(Math.abs(number - want[i]!) / scale, `${key}[${i}]: ${number} instead of ${want[i]}`).toBeLessThan(1e-5);
    });
  }
}

import { describe, expect, it } from "vitest";
import type { Tensor } from "../../src/core/tensor.js";
import { loadModel, type Model } from "../../src/model/index.js";
import { type KerasCase, kerasCases, kerasFile, largestDifference, toTensor, toTensors } from "./support.js";

const PREDICTIONS = 1e-5;
const LOSSES = 1e-4;

async function expectPredictions(model: Model, one: KerasCase, expected: KerasCase["predictions"]): Promise<void> {
  const received = await model.predict(toTensors(one.x), { verbose: 0 });
  const list: Tensor[] = Array.isArray(received) ? received : [received];
  expect(list.map(({ shape }) => shape)).toEqual(expected.map(({ shape }) => shape));
  list.forEach((tensor, i) => {
    expect(largestDifference(tensor.data as Float32Array, expected[i]!.data)).toBeLessThan(PREDICTIONS);
  });
}

async function train(
  model: Model,
  one: KerasCase,
  epochs = one.lastEpoch,
): Promise<Readonly<Record<string, readonly number[]>>> {
  const history = await model.fit(toTensors(one.x), toTensors(one.y), {
    batchSize: one.batchSize,
    initialEpoch: one.firstEpoch,
    epochs,
    shuffle: false,
    verbose: 0,
    ...(one.sampleWeight === null ? {} : { sampleWeight: toTensor(one.sampleWeight) }),
    ...(one.validation ? { validationData: [toTensors(one.x), toTensors(one.y)] as const } : {}),
  });
  return history.history;
}

/** Checks that the model continues as Keras's own training did. */
async function expectContinuation(model: Model, one: KerasCase): Promise<void> {
  expect(model.optimizer.iteration).toBe(one.iterations);
  const received = await train(model, one);
  expect(Object.keys(received).sort()).toEqual(Object.keys(one.history).sort());
  for (const [key, values] of Object.entries(one.history)) {
    expect(largestDifference(received[key]!, values), key).toBeLessThan(LOSSES);
  }
  const final = await model.predict(toTensors(one.x), { verbose: 0 });
  (Array.isArray(final) ? final : [final]).forEach((tensor, i) => {
    expect(largestDifference(tensor.data as Float32Array, one.finalPredictions[i]!.data)).toBeLessThan(LOSSES);
  });
}

const whole = Object.entries(kerasCases).flatMap(([name, one]) =>
  one.endings
    .filter((ending) => ending === ".h5" || ending === ".keras")
    .map((ending) => [`${name}${ending}`, one] as const),
);
const weights = Object.entries(kerasCases).flatMap(([name, one]) =>
  one.endings
    .filter((ending) => ending.endsWith("weights.h5"))
    .map((ending) => [`${name}${ending}`, name, one] as const),
);

describe("whole models written by Keras", () => {
  it.each(whole)("%s: predicts the same and trains on to the same losses", async (file, one) => {
    const model = await loadModel(kerasFile(file));
    await expectPredictions(model, one, one.predictions);
    await expectContinuation(model, one);
  });

  it("loads without compiling when asked to", async () => {
    const model = await loadModel(kerasFile("seed_model.h5"), { compile: false });
    expect(model.savable.optimizer).toBeNull();
    await expectPredictions(model, kerasCases["seed_model"]!, kerasCases["seed_model"]!.predictions);
  });

  it("reads Keras 2.2's RMSprop, which has no step counter", async () => {
    const model = await loadModel(kerasFile("keras-2.2.h5"));
    expect(model.optimizer.iteration).toBe(0);
    expect(model.optimizer.learningRate.numpy()).toBeCloseTo(0.002, 8);
    const slots = model.optimizer.variables.slice(2).map((entry) => [...(entry.read().data as Float32Array)]);
    expect(slots).toEqual([new Array(6).fill(0.125), new Array(2).fill(0.25)]);
  });
});

describe("weights written by Keras", () => {
  it.each(weights)("%s: replaces a model's weights", async (file, name, one) => {
    const model = await loadModel(kerasFile(`${name}${one.endings[0]}`));
    await train(model, one, one.firstEpoch + 1);
    await model.loadWeights(kerasFile(file));
    await expectPredictions(model, one, one.predictions);
    // Keras 2's weight files have no optimizer state.
    if (!file.includes("old-weights")) await expectContinuation(model, one);
  });

  it("are also read from whole models", async () => {
    const one = kerasCases["seed_model"]!;
    for (const ending of [".h5", ".keras"]) {
      const model = await loadModel(kerasFile("old_seed_model.h5"));
      await model.loadWeights(kerasFile(`seed_model${ending}`));
      await expectPredictions(model, one, one.predictions);
      await expectContinuation(model, one);
    }
  });
});

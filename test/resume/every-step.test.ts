import { basename } from "node:path";
import { describe, expect, test } from "vitest";
import { EarlyStopping, ReduceLROnPlateau } from "../../src/callbacks/index.js";
import { resetNames } from "../../src/core/names.js";
import { setRandomSeed } from "../../src/core/seed.js";
import { loadModel, type Model } from "../../src/model/index.js";
import { build, buildClass, CLASSES, digest, isOfWeights, SaveEverywhere, scratch, x, y } from "./support.js";

const OPTIONS = { epochs: 2, batchSize: 8, verbose: 0, validationSplit: 0.1 } as const;
const callbacks = () => [
  new ReduceLROnPlateau({ monitor: "loss", patience: 0, factor: 0.5, minDelta: 10 }),
  new EarlyStopping({ monitor: "loss", patience: 5 }),
];

const MODELS: readonly [kind: string, extension: string, make: () => Model][] = [
  ["Sequential", ".keras", build],
  ["Sequential", ".h5", build],
  ["Sequential", ".weights.h5", build],
  ["Sequential", ".safetensors", build],
  ["class", ".keras", buildClass],
];

describe.each(MODELS)("a run of a %s stopped anywhere and resumed from a %s file", (_, extension, make) => {
  test("ends with the bits and the history of the run that was never stopped", async () => {
    resetNames();
    setRandomSeed(5);
    const model = make();
    const saver = new SaveEverywhere(scratch(), extension);
    const whole = await model.fit(x, y, { ...OPTIONS, callbacks: [saver, ...callbacks()] });
    expect(saver.paths).toHaveLength(12);
    for (const path of saver.paths) {
      // As in a process of its own: weights may go by the names that layers are given in turn.
      resetNames();
      setRandomSeed(99);
      const loaded = isOfWeights(extension) ? make() : await loadModel(path, { customObjects: CLASSES });
      if (isOfWeights(extension)) await loaded.loadWeights(path);
      const history = await loaded.fit(x, y, { ...OPTIONS, resume: true, callbacks: callbacks() });
      expect([basename(path), history.history]).toEqual([basename(path), whole.history]);
      expect([basename(path), digest(loaded)]).toEqual([basename(path), digest(model)]);
    }
  });
});

test("initialEpoch continues exactly and gives the history of this call alone", async () => {
  setRandomSeed(5);
  const model = build();
  const saver = new SaveEverywhere(scratch(), ".h5");
  const whole = await model.fit(x, y, { ...OPTIONS, epochs: 3, callbacks: [saver, ...callbacks()] });
  const loaded = await loadModel(saver.paths.find((path) => path.endsWith("e1-end.h5"))!);
  const history = await loaded.fit(x, y, { ...OPTIONS, initialEpoch: 2, epochs: 3, callbacks: callbacks() });
  expect(history.epoch).toEqual([2]);
  for (const [key, values] of Object.entries(history.history)) expect(values).toEqual(whole.history[key]!.slice(2));
  expect(digest(loaded)).toBe(digest(model));
});

test("several calls of fit with one epoch each give the same training as one call", async () => {
  setRandomSeed(5);
  const once = build();
  setRandomSeed(5);
  const often = build();
  const options = { batchSize: 8, verbose: 0 } as const;
  const whole = await once.fit(x, y, { ...options, epochs: 3 });
  const losses: number[] = [];
  for (let epoch = 0; epoch < 3; epoch++) {
    const history = await often.fit(x, y, { ...options, initialEpoch: epoch, epochs: epoch + 1 });
    losses.push(...history.history["loss"]!);
  }
  // Averages become the weights at the end of each call, as in Keras, so only the first epoch can be compared.
  expect(losses[0]).toBe(whole.history["loss"]![0]);
  expect(new Set(losses).size).toBe(3);
});

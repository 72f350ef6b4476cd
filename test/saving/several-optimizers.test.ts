import { basename, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { setRandomSeed } from "../../src/core/seed.js";
import type { Value } from "../../src/graph/index.js";
import * as layers from "../../src/layers/index.js";
import { loadModel, Model } from "../../src/model/index.js";
import { Input } from "../../src/network/index.js";
import * as ops from "../../src/ops/index.js";
import * as optimizers from "../../src/optimizers/index.js";
import type { Batch, StepLogs, TrainStep } from "../../src/training/index.js";
import { SaveEverywhere, scratch, x } from "../resume/support.js";

/** An autoencoder whose halves have optimizers of their own, the second one every other step. */
class Halves extends Model {
  static override readonly className = "Halves";

  override trainStep({ x }: Batch, step: TrainStep): StepLogs {
    const half = (name: string) => this.getLayer(name).trainableWeights;
    const loss = ops.mean(ops.square(ops.subtract(this.call(x), x)));
    step.minimize(loss, "encoder", [...half("inner"), ...half("normal")]);
    step.every(2, () => step.minimize(loss, "decoder", half("outer")));
    return { loss };
  }
}

function make(names: readonly [string, string] = ["encoder", "decoder"]): Halves {
  setRandomSeed(5);
  const input = Input({ shape: [6] });
  const inner = new layers.Dense(4, { name: "inner", activation: "tanh" }).apply(input);
  const normal = new layers.BatchNormalization({ name: "normal" }).apply(inner);
  const outer = new layers.Dense(6, { name: "outer" }).apply(new layers.Dropout(0.2).apply(normal));
  const model = new Halves(input, outer);
  model.compile({
    optimizer: {
      [names[0]]: new optimizers.Adam({ learningRate: 0.01 }),
      [names[1]]: new optimizers.SGD({ learningRate: 0.1, momentum: 0.9 }),
    },
  });
  return model;
}

const FIT = { batchSize: 16, epochs: 2, verbose: 0 } as const;

function bits(model: Model): unknown {
  return [
    model.weights.map(({ data }) => [...data]),
    Object.entries(model.optimizers).map(([name, { variables }]) => [
      name.replace(/_\d+$/, ""),
      variables.map((entry) => entry.read().tolist()),
    ]),
  ];
}

let said: string[] = [];
beforeEach(() => {
  said = [];
  vi.spyOn(console, "warn").mockImplementation((text: string) => void said.push(text));
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe.each([".keras", ".h5", ".weights.h5"])("several optimizers in a %s file", (extension) => {
  it("go on exactly from any step, also between the steps of step.every", async () => {
    const whole = make();
    const saver = new SaveEverywhere(scratch(), extension);
    const history = await whole.fit(x, { ...FIT, callbacks: [saver] });
    expect(saver.paths).toHaveLength(8);
    for (const path of saver.paths) {
      setRandomSeed(99);
      const loaded: Model = extension === ".weights.h5" ? make() : await loadModel(path, { customObjects: { Halves } });
      expect(loaded).toBeInstanceOf(Halves);
      if (extension === ".weights.h5") await loaded.loadWeights(path);
      const resumed = await loaded.fit(x, { ...FIT, resume: true });
      expect([basename(path), resumed.history]).toEqual([basename(path), history.history]);
      expect([basename(path), bits(loaded)]).toEqual([basename(path), bits(whole)]);
    }
    expect(said).toEqual([]);
  });
});

describe("several optimizers of a file", () => {
  it("are there again before the next step, and saved again as they are", async () => {
    const model = make();
    await model.fit(x, FIT);
    const path = join(scratch(), "model.keras");
    await model.save(path);
    const loaded = await loadModel(path, { customObjects: { Halves } });
    expect(bits(loaded)).toEqual(bits(model));
    await loaded.save(path);
    expect(bits(await loadModel(path, { customObjects: { Halves } }))).toEqual(bits(model));
  });

  it("that have other names begin anew, which is said, or an error with strict", async () => {
    const model = make();
    await model.fit(x, FIT);
    const path = join(scratch(), "model.weights.h5");
    await model.saveWeights(path);
    const other = make(["encoder", "second"]);
    await other.loadWeights(path);
    expect(other.optimizers["encoder"]!.iteration).toBe(6);
    expect(other.optimizers["second"]!.iteration).toBe(0);
    expect(said).toEqual([
      `The state of the optimizers in "${path}" does not fit the model: the optimizer "second" begins anew; there is no optimizer "decoder" any more. With { strict: true } this is an error.`,
    ]);
    await expect(make(["encoder", "second"]).loadWeights(path, { strict: true })).rejects.toThrow(
      `The state of the optimizers in "${path}" does not fit the model. Received: the optimizer "second" begins anew; there is no optimizer "decoder" any more. Compile with the optimizers that the file was saved with, under the same names.`,
    );
  });

  it("find that of a model with one optimizer, which is said", async () => {
    const input = Input({ shape: [6] });
    const single = new Model(input, new layers.Dense(6).apply(new layers.Dense(4).apply(input)));
    single.compile({ optimizer: "adam", loss: "mse" });
    await single.fit(x, x, FIT);
    const path = join(scratch(), "single.weights.h5");
    await single.saveWeights(path);
    const several = new Halves(input, single.outputs[0]! as never);
    several.compile({ optimizer: { encoder: "adam", decoder: "sgd" } });
    await several.loadWeights(path);
    expect(said).toHaveLength(1);
    expect(said[0]).toContain("is that of one optimizer");
    expect(several.optimizers["encoder"]!.iteration).toBe(0);
  });
});

describe("one optimizer that an own step gives some of the weights", () => {
  class Head extends Model {
    static override readonly className = "Head";
    override trainStep({ x }: Batch, step: TrainStep): StepLogs {
      const loss = ops.mean(ops.square(this.call(x) as Value));
      step.minimize(loss, this.getLayer("outer").trainableWeights);
      return { loss };
    }
  }
  const head = (): Head => {
    setRandomSeed(5);
    const input = Input({ shape: [6] });
    const inner = new layers.Dense(4, { name: "inner" }).apply(input);
    const model = new Head(input, new layers.Dense(2, { name: "outer" }).apply(inner));
    model.compile({ optimizer: "adam" });
    return model;
  };

  it.each([".keras", ".h5", ".weights.h5"])("goes on exactly from a %s file", async (extension) => {
    const whole = head();
    await whole.fit(x, { ...FIT, epochs: 3 });
    const model = head();
    await model.fit(x, FIT);
    const path = join(scratch(), `model${extension}`);
    await (extension === ".weights.h5" ? model.saveWeights(path) : model.save(path));
    const loaded: Model = extension === ".weights.h5" ? head() : await loadModel(path, { customObjects: { Head } });
    if (extension === ".weights.h5") await loaded.loadWeights(path);
    expect(bits(loaded)).toEqual(bits(model));
    await loaded.fit(x, { ...FIT, epochs: 3, initialEpoch: 2 });
    expect(bits(loaded)).toEqual(bits(whole));
    expect(said).toEqual([]);
  });
});

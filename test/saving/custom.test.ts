import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it, vi } from "vitest";
import * as activations from "../../src/activations/index.js";
import type { Variable } from "../../src/engine/index.js";
import { readHdf5 } from "../../src/formats/hdf5/index.js";
import type { Value } from "../../src/graph/value.js";
import * as initializers from "../../src/initializers/index.js";
import * as layers from "../../src/layers/index.js";
import { loadModel, Sequential } from "../../src/model/index.js";
import { Input } from "../../src/network/index.js";
import * as ops from "../../src/ops/index.js";
import * as optimizers from "../../src/optimizers/index.js";
import * as random from "../../src/random/index.js";
import { stateOf, temporaryFolder } from "./support.js";

/** A layer with a weight of its own and layers inside. */
class Gated extends layers.Layer {
  static override readonly className: string = "Gated";
  readonly units: number;
  readonly gateLayer: layers.Dense;
  readonly blocks: readonly layers.Dense[];
  #scale: Variable | null = null;

  constructor(options: { readonly units: number; readonly name?: string | null }) {
    super({ name: options.name ?? null });
    this.units = options.units;
    this.gateLayer = new layers.Dense(options.units, { activation: "sigmoid", name: "any" });
    this.blocks = ["first", "second"].map((name) => new layers.Dense(options.units, { name }));
  }

  override build(): void {
    this.#scale = this.addWeight("scale", { shape: [this.units], initializer: "ones" });
  }

  override call(inputs: layers.Inputs, context: layers.CallContext): Value {
    const inner = this.blocks.reduce<layers.Inputs>((x, block) => context.apply(block, x), inputs);
    const gate = context.apply(this.gateLayer, inputs);
    return ops.multiply(ops.multiply(inner as Value, gate as Value), this.#scale!.value);
  }

  override getConfig(): ReturnType<layers.Layer["getConfig"]> {
    return { ...super.getConfig(), units: this.units };
  }

  static override fromConfig(config: { readonly name?: unknown; readonly units?: unknown }): Gated {
    return new Gated({ units: Number(config.units), name: String(config.name) });
  }
}

function cubed(yTrue: Value, yPred: Value): Value {
  return ops.mean(ops.power(ops.abs(ops.subtract(yTrue, yPred)), 3), { axes: [-1] });
}

const folder = temporaryFolder();
const model = new Sequential([Input({ shape: [3] }), new Gated({ units: 4, name: "gated" }), new layers.Dense(1)]);
model.compile({ optimizer: "adam", loss: cubed, metrics: [cubed, "mae"] });
const x = random.normal([12, 3]);
const y = random.normal([12, 1]);

beforeAll(async () => {
  await model.fit(x, y, { epochs: 2, verbose: 0 });
});

describe.each([".keras", ".h5"])("the user's classes and functions in %s", (ending) => {
  const path = join(folder, `model${ending}`);

  it("are loaded when they are given", async () => {
    await model.save(path);
    const loaded = await loadModel(path, { customObjects: { Gated, cubed } });
    expect(stateOf(loaded)).toEqual(stateOf(model));
    const options = { initialEpoch: 2, epochs: 3, verbose: 0 } as const;
    const twin = await loadModel(path, { customObjects: { Gated, cubed } });
    expect((await loaded.fit(x, y, options)).history).toEqual((await twin.fit(x, y, options)).history);
    expect(Object.keys(loaded.history!.history)).toEqual(["cubed", "loss", "mae"]);
  });

  it("are named in the error when they are missing", async () => {
    await model.save(path);
    await expect(loadModel(path)).rejects.toThrow(
      /unknown layer class "Gated" \(layer "gated"\). If it is yours, register it before loading: layers.register\(Gated\), or give it in customObjects/,
    );
    await expect(loadModel(path, { customObjects: { Gated } })).rejects.toThrow(/cubed/);
  });
});

it("layers inside a layer are stored at Keras's paths", async () => {
  const path = join(folder, "model.weights.h5");
  await model.saveWeights(path);
  const root = await readHdf5(readFileSync(path));
  const gated = root.findGroup("layers/gated")!;
  expect([...gated.groups.keys()].sort()).toEqual(["blocks", "gate_layer", "vars"]);
  expect([...gated.groups.get("blocks")!.groups.keys()]).toEqual(["dense", "dense_1"]);
  expect(gated.find("vars/0")!.tensor.shape).toEqual([4]);
  expect(gated.find("gate_layer/vars/0")!.tensor.shape).toEqual([3, 4]);
});

describe("a loss or metric without a name", () => {
  const fns = [(a: Value, b: Value): Value => cubed(a, b)];
  const nameless = new Sequential([Input({ shape: [3] }), new layers.Dense(1)], { name: "nameless" });
  const said: unknown[] = [];

  beforeAll(() => {
    const warn = vi.spyOn(console, "warn").mockImplementation((text) => said.push(text));
    nameless.compile({ optimizer: "sgd", loss: fns[0]!, metrics: ["mae", fns[0]!] });
    warn.mockRestore();
  });

  it("causes a warning at compile", () => {
    expect(said).toEqual([
      'compile of Sequential "nameless": the loss has a function without a name, so the whole model cannot be saved; weights can (saveWeights, ModelCheckpoint with saveWeightsOnly). Give it a name: function myLoss(yTrue, yPred) { … }.',
      'compile of Sequential "nameless": the metrics has a function without a name, so the whole model cannot be saved; weights can (saveWeights, ModelCheckpoint with saveWeightsOnly). Give it a name: function myMetric(yTrue, yPred) { … }.',
    ]);
  });

  it("cannot be saved with the model", async () => {
    await expect(nameless.save(join(folder, "nameless.keras"))).rejects.toThrow(
      "The loss of this model is a function without a name, so no file can name it. Give it a name: function myLoss(yTrue, yPred) { … }; or save the weights alone: model.saveWeights, ModelCheckpoint with saveWeightsOnly.",
    );
  });

  it.each(["nameless.weights.h5", "nameless.h5", "nameless.weights.json"])(
    "does not prevent saving weights to %s",
    async (name) => {
      await nameless.saveWeights(join(folder, name));
      const again = new Sequential([Input({ shape: [3] }), new layers.Dense(1)]);
      await again.loadWeights(join(folder, name));
      expect((await again.getWeights()).map(({ data }) => data)).toEqual(
        (await nameless.getWeights()).map(({ data }) => data),
      );
    },
  );
});

describe("customObjects", () => {
  const shifted = (x: Value): Value => ops.add(ops.relu(x), 1);
  class Half extends initializers.Initializer {
    static readonly className = "Half";
    static readonly fields = {};
    override initialize(shape: readonly number[]): Float32Array {
      return new Float32Array(shape.reduce((size, dim) => size * dim, 1)).fill(0.5);
    }
  }
  const path = join(folder, "all.h5");
  const rate = (step: number): number => 0.1 / (step + 1);

  beforeAll(async () => {
    activations.register("shifted", shifted);
    initializers.register(Half);
    const all = new Sequential([
      Input({ shape: [3] }),
      new layers.Dense(2, { activation: shifted, kernelInitializer: new Half(), name: "d" }),
    ]);
    all.compile({ optimizer: new optimizers.SGD({ learningRate: rate }), loss: cubed, metrics: [cubed] });
    await all.save(path);
    // As if another program had written it: no class registered here has these names.
    const bytes = readFileSync(path, "latin1")
      .replaceAll("Custom>shifted", "Others>shifted")
      .replaceAll("shifted", "shiftee");
    writeFileSync(path, bytes.replaceAll("Half", "Hulf"), "latin1");
  });

  it("apply to activations, initializers, losses, metrics and learning rates", async () => {
    const given = { shiftee: shifted, Hulf: Half, cubed, rate };
    const loaded = await loadModel(path, { customObjects: given, allowEdited: true });
    const { activation, kernelInitializer } = (loaded.layers[0] as layers.Dense).options;
    expect(activation).toBe(shifted);
    expect(kernelInitializer).toBeInstanceOf(Half);
    expect(loaded.optimizer.learningRate.at(1)).toBeCloseTo(0.05);
  });

  it.each([
    [
      { Hulf: Half, cubed, rate },
      /Dense "d".activation: unknown activation "Others>shiftee".*activations\.register\("shiftee", yourFunction\), or give it in customObjects/,
    ],
    [
      { shiftee: shifted, cubed, rate },
      /Dense "d".kernel_initializer: unknown initializer class "Custom>Hulf".*initializers\.register\(Hulf\), or give it in customObjects/,
    ],
    [
      { shiftee: shifted, Hulf: Half, rate },
      /compile: loss: unknown loss class "cubed".*customObjects.*compile: false/,
    ],
    [
      { shiftee: shifted, Hulf: Half, cubed },
      /the learning rate was the function "rate".*customObjects.*compile: false/,
    ],
    [{ shiftee: 3, Hulf: 3, cubed, rate }, /customObjects\.Hulf is no initializer|unknown activation/],
  ])("are named when they are missing (%#)", async (customObjects, message) => {
    await expect(loadModel(path, { customObjects, allowEdited: true })).rejects.toThrow(message);
  });
});

describe.each([".keras", ".h5"])("registered classes in %s", (ending) => {
  const path = join(folder, `registered${ending}`);

  it("are loaded, and stored under Keras's name for registered classes", async () => {
    layers.register(Gated, "tests");
    await model.save(path);
    const loaded = await loadModel(path, { customObjects: { cubed } });
    expect(stateOf(loaded)).toEqual(stateOf(model));
    if (ending === ".h5") {
      const config = (await readHdf5(readFileSync(path))).attrs.get("model_config");
      expect(config).toContain('"class_name":"tests>Gated"');
    }
  });
});

describe("initial values", () => {
  /** Counts its calls. */
  class Counted extends initializers.Initializer {
    static readonly className: string = "Counted";
    static readonly fields = {};
    static asked = 0;
    override initialize(shape: readonly number[]): Float32Array {
      Counted.asked++;
      return new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(0.5);
    }
  }

  it("are drawn on first use, and never when a file provides the weights", async () => {
    initializers.register(Counted);
    const model = new Sequential([new layers.Dense(2, { inputShape: [3], kernelInitializer: new Counted() })]);
    expect(Counted.asked).toBe(0);
    for (const ending of [".keras", ".h5"]) {
      const path = join(temporaryFolder(), `m${ending}`);
      await model.save(path);
      expect(Counted.asked).toBe(1);
      const again = await loadModel(path);
      expect(await stateOf(again)).toEqual(await stateOf(model));
      expect(Counted.asked).toBe(1);
    }
  });

  it("that are too few are an error where they are drawn", async () => {
    class Few extends Counted {
      static override readonly className: string = "Few";
      override initialize(): Float32Array {
        return new Float32Array(1);
      }
    }
    const dense = new layers.Dense(2, { name: "d", inputShape: [3], kernelInitializer: new Few() });
    await expect(new Sequential([dense]).getWeights()).rejects.toThrow(
      'Dense "d": initializer of "kernel" does not fill the weight. Received: 1 elements. Expected: 6 for shape (3, 2).',
    );
  });
});

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from "vitest";
import { joinBytes } from "../../src/core/join-bytes.js";
import { H5Group, readHdf5, writeHdf5 } from "../../src/formats/hdf5/index.js";
import { readZip, writeZip } from "../../src/formats/zip/index.js";
import * as layers from "../../src/layers/index.js";
import { loadModel, type Model, Sequential } from "../../src/model/index.js";
import { kerasCases, kerasFile, largestDifference, temporaryFolder, toTensors } from "./support.js";

const folder = temporaryFolder();
const one = kerasCases["seed_model"]!;
// biome-ignore lint/suspicious/noExplicitAny: what is edited is what a file holds
type Json = any;
interface Edit {
  config?(config: Json): void;
  weights?(root: H5Group): H5Group;
}

/** A file written by real Keras, with a change. */
async function edited(name: string, { config, weights }: Edit): Promise<string> {
  const entries = await readZip(new Uint8Array(readFileSync(kerasFile("seed_model.keras"))));
  const json = JSON.parse(new TextDecoder().decode(entries.get("config.json")));
  config?.(json);
  entries.set("config.json", new TextEncoder().encode(JSON.stringify(json)));
  if (weights !== undefined) {
    entries.set("model.weights.h5", writeHdf5(weights(await readHdf5(entries.get("model.weights.h5")!))));
  }
  const pieces = await writeZip(
    [...entries].map(([entry, bytes]) => ({ name: entry, bytes })),
    { trailer: false },
  );
  const path = join(folder, name);
  writeFileSync(path, joinBytes(pieces));
  return path;
}

async function expectKerasPredictions(model: Model): Promise<void> {
  const received = await model.predict(toTensors(one.x), { verbose: 0 });
  expect(largestDifference((received as { data: Float32Array }).data, one.predictions[0]!.data)).toBeLessThan(1e-5);
}

let warn: MockInstance<typeof console.warn>;
beforeEach(() => {
  warn = vi.spyOn(console, "warn").mockImplementation(() => {});
});
afterEach(() => vi.restoreAllMocks());

it("paths written with backslashes by Windows are found", async () => {
  const path = await edited("windows.keras", {
    weights(root) {
      const moved = new H5Group();
      for (const [name, group] of root.groups) {
        if (name !== "layers") moved.groups.set(name, group);
        else for (const [layer, inner] of group.groups) moved.groups.set(`layers\\${layer}`, inner);
      }
      return moved;
    },
  });
  const model = await loadModel(path);
  await expectKerasPredictions(model);
  expect(model.optimizer.iteration).toBe(one.iterations);
  expect(warn).not.toHaveBeenCalled();
});

describe("a file without its optimizer", () => {
  const make = () => edited("no-optimizer.keras", { config: ({ compile_config }) => delete compile_config.optimizer });

  it("gets Keras's default optimizer, with a warning", async () => {
    const model = await loadModel(await make());
    await expectKerasPredictions(model);
    expect([model.optimizer.name, model.optimizer.iteration]).toEqual(["rm_sprop", 0]);
    expect(warn.mock.calls.length).toBe(1);
    expect(warn.mock.calls[0]![0]).toContain('It gets a fresh "rmsprop"');
  });

  it("is refused under strict loading", async () => {
    await expect(loadModel(await make(), { strict: true })).rejects.toMatchObject({ code: "no-optimizer-config" });
  });
});

describe("an optimizer's state that does not fit", () => {
  const make = () =>
    edited("misfit.keras", {
      config({ compile_config }) {
        compile_config.optimizer.class_name = "SGD";
        compile_config.optimizer.config = { name: "sgd", learning_rate: 0.5, momentum: 0.9 };
      },
    });

  it("causes a warning, and the optimizer starts anew", async () => {
    const model = await loadModel(await make());
    await expectKerasPredictions(model);
    expect([model.optimizer.iteration, model.optimizer.learningRate.numpy()]).toEqual([0, 0.5]);
    const said = warn.mock.calls.map(([line]) => String(line).replace(folder, "."));
    expect(said).toEqual([
      expect.stringMatching(
        /^The optimizer state in ".\/misfit.keras" cannot be used, so the optimizer begins anew: The optimizer state does not fit sgd.*With { strict: true } this is an error\.$/,
      ),
    ]);
    await model.fit(toTensors(one.x), toTensors(one.y), { verbose: 0 });
    expect(model.optimizer.iteration).toBeGreaterThan(0);
  });

  it("is an error under strict loading, and the model stays unchanged", async () => {
    await expect(loadModel(await make(), { strict: true })).rejects.toMatchObject({ code: "optimizer-slot-shape" });
    const model = await loadModel(kerasFile("seed_model.keras"));
    const before = (await model.getWeights())[0]!;
    before.data.fill(7 as never);
    await model.setWeights([before, ...(await model.getWeights()).slice(1)]);
    model.compile({ optimizer: "sgd", loss: "mse" });
    await expect(model.loadWeights(await make(), { strict: true })).rejects.toMatchObject({ name: "FormatError" });
    expect((await model.getWeights())[0]).toEqual(before);
  });

  it("is not read with compile: false", async () => {
    const path = await edited("broken-compile.keras", {
      config(config) {
        config.compile_config = { optimizer: { class_name: "__lambda__" }, loss: { class_name: "NoSuchLoss" } };
      },
    });
    await expect(loadModel(path)).rejects.toMatchObject({ name: "FormatError" });
    await expectKerasPredictions(await loadModel(path, { compile: false }));
  });
});

it("slots of layers frozen after training are kept, and only the other layers are trained", async () => {
  const path = await edited("frozen.keras", {
    config({ config }) {
      config.layers.find(({ class_name }: Json) => class_name === "Dense").config.trainable = false;
    },
  });
  const model = await loadModel(path);
  expect(warn).not.toHaveBeenCalled();
  expect([model.optimizer.iteration, model.optimizer.trainable.length, model.optimizer.active.length]).toEqual([
    one.iterations,
    4,
    2,
  ]);
  const before = await model.getWeights();
  await model.fit(toTensors(one.x), toTensors(one.y), { verbose: 0 });
  const after = await model.getWeights();
  expect(after.map((weight, i) => JSON.stringify(weight) === JSON.stringify(before[i]))).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

it("weights of a Keras 1 LSTM load into today's LSTM", async () => {
  const root = new H5Group();
  root.attrs.set("layer_names", ["lstm_1"]);
  const group = root.group("lstm_1");
  const { rows } = { rows: JSON.parse(readFileSync(join(kerasFile(".."), "old-weights.json"), "utf8")) as Json[] };
  const { stored, expected } = rows.find(({ layer, keras }) => layer === "LSTM" && keras === "1");
  group.attrs.set(
    "weight_names",
    stored.map(({ name }: Json) => name),
  );
  for (const { name, ...tensor } of stored) group.put(name, toTensors({ ...tensor, dtype: "float32" }) as never);
  const path = join(folder, "lstm.h5");
  writeFileSync(path, writeHdf5(root));
  const model = new Sequential([new layers.LSTM(3, { inputShape: [5, 2] })]);
  await model.loadWeights(path);
  expect((await model.getWeights()).map(({ data }) => Array.from(data as Float32Array))).toEqual(
    expected.map(({ data }: Json) => Array.from(Float32Array.from(data))),
  );
});

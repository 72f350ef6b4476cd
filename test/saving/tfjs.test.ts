import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { Input, layers, loadModel, Model, Sequential, setRandomSeed, Tensor } from "../../src/index.js";
import { temporaryFolder } from "./support.js";

const FIXTURES = join(import.meta.dirname, "../fixtures/tfjs");
const fixture = (name: string): string => join(FIXTURES, name, "model.json");

interface Plain {
  readonly shape: readonly number[];
  readonly values: readonly number[];
}
const read = <T>(name: string): T => JSON.parse(readFileSync(join(FIXTURES, name, "expected.json"), "utf8")) as T;
const tensor = ({ shape, values }: Plain, dtype: "float32" | "int32" = "float32"): Tensor =>
  new Tensor(values, shape, dtype);
const single = <T>(items: readonly T[]): T | readonly T[] => (items.length === 1 ? items[0]! : items);
const list = <T>(value: T | readonly T[]): readonly T[] =>
  Array.isArray(value) ? (value as readonly T[]) : [value as T];
const numbers = ({ data }: Tensor): number[] => Array.from(data as Float32Array);

/** To a part in ten thousand of the largest value. */
function expectClose(received: readonly number[], expected: readonly number[], tolerance = 1e-4): void {
  const scale = Math.max(1e-3, ...expected.map(Math.abs));
  expect(received).toHaveLength(expected.length);
  for (const [i, value] of expected.entries()) expect(Math.abs(received[i]! - value) / scale).toBeLessThan(tolerance);
}

describe("what TensorFlow.js wrote (interop/tfjs_models.mjs)", () => {
  it.each(readdirSync(join(FIXTURES, "own")))("%s predicts and trains on as there", async (name) => {
    const expected = read<{
      inputs: readonly Plain[];
      dtype: "float32" | "int32";
      outputs: readonly Plain[];
      targets: readonly Plain[];
      losses: readonly number[];
    }>(`own/${name}`);
    const model = await loadModel(fixture(`own/${name}`), { strict: true });
    const x = single(expected.inputs.map((input) => tensor(input, expected.dtype))) as Tensor;
    const outputs = list<Tensor>(await model.predict(x));
    for (const [i, { values }] of expected.outputs.entries()) expectClose(numbers(outputs[i]!), values);
    const y = single(expected.targets.map((target) => tensor(target))) as Tensor;
    const epochs = expected.losses.length;
    const { history } = await model.fit(x, y, { epochs, batchSize: y.shape?.[0] ?? 4, shuffle: false, verbose: 0 });
    expectClose(history["loss"]!, expected.losses);
  });
});

describe("what tensorflowjs_converter wrote (interop/tfjs_converter.py)", () => {
  it.each(readdirSync(join(FIXTURES, "converter")))("%s predicts as in Python", async (name) => {
    const { input, output } = read<{ input: Plain; output: readonly number[] }>(`converter/${name}`);
    const model = await loadModel(fixture(`converter/${name}`));
    // Weights in 8 and 16 bits are others.
    expectClose(numbers(await model.predict(tensor(input))), output, /int|float16/.test(name) ? 1e-2 : 1e-4);
    expect(model.optimizer?.name.toLowerCase()).toBe("adam");
  });

  it("weights in 8 bits are a scale and a least value of each tensor, as TensorFlow.js unpacks them", async () => {
    const json = JSON.parse(readFileSync(fixture("converter/sequence-uint8"), "utf8")) as {
      weightsManifest: { weights: { shape: number[]; quantization: { scale: number; min: number } }[] }[];
    };
    const bytes = readFileSync(join(FIXTURES, "converter/sequence-uint8/group1-shard1of1.bin"));
    const { shape, quantization } = json.weightsManifest[0]!.weights[0]!;
    const model = await loadModel(fixture("converter/sequence-uint8"));
    const weight = model.layers.find(({ name }) => name === "a_last")!.weights[0]!;
    expect(weight.shape).toEqual(shape);
    expect([...(weight.data as Float32Array)]).toEqual(
      Array.from(bytes.subarray(0, 2), (byte) => Math.fround(byte * quantization.scale + quantization.min)),
    );
  });
});

describe("weights alone", () => {
  it("are loaded by the names of layers into a model that was made in code", async () => {
    const make = (name: string): Sequential =>
      new Sequential([
        Input({ shape: [3] }),
        new layers.Dense(4, { activation: "relu", name }),
        new layers.Dense(2, { useBias: false, name: "myOut" }),
      ]);
    const [first] = (await loadModel(fixture("own/dense"))).layers;
    const model = make(first!.name);
    await model.loadWeights(fixture("own/dense"));
    expect(model.layers[0]!.weights[0]!.data).toEqual(first!.weights[0]!.data);
    await expect(make("other").loadWeights(fixture("own/dense"))).rejects.toThrow(
      /lacks 2 of the weights of Sequential "[^"]+"\. Received: dense_Dense\d+\/kernel, dense_Dense\d+\/bias\. Expected: other\/kernel, other\/bias\./,
    );
    const other = make("other");
    await other.loadWeights(fixture("own/dense"), { byName: true });
    expect(other.layers[1]!.weights[0]!.data).toEqual(model.layers[1]!.weights[0]!.data);
  });
});

describe("what no layers model is, is said", () => {
  const folder = temporaryFolder();
  type Json = { [key: string]: unknown };
  /** A copy of a fixture with a change. */
  function changed(change: (json: Json) => unknown, from = "own/dense"): string {
    cpSync(join(FIXTURES, from), folder, { recursive: true });
    const path = join(folder, "model.json");
    const json = JSON.parse(readFileSync(path, "utf8")) as Json;
    writeFileSync(path, JSON.stringify(change(json) ?? json));
    return path;
  }
  const manifest = (json: Json): { paths: unknown[]; weights: Json[] } =>
    (json["weightsManifest"] as { paths: unknown[]; weights: Json[] }[])[0]!;

  it.each<[string, (json: Json) => unknown, RegExp]>([
    [
      "a graph model",
      (json) => ({ ...json, format: "graph-model" }),
      /is a graph model of TensorFlow\.js: operations for prediction alone, without layers.*tensorflowjs_converter --output_format tfjs_layers_model/,
    ],
    [
      "an architecture alone",
      (json) => json["modelTopology"],
      /is no model\.json of TensorFlow\.js.*give its text to modelFromJSON/,
    ],
    ["other JSON", () => ({ name: "pawl" }), /is no model\.json of TensorFlow\.js\. Received: an object with name\./],
    ["weights alone", (json) => void delete json["modelTopology"], /holds no architecture.*call model\.loadWeights/],
    [
      "a file that is missing",
      (json) => void (manifest(json).paths[0] = "weights.bim"),
      /There is no file "[^"]+weights\.bim"\. Did you mean "[^"]+weights\.bin"\?/,
    ],
    [
      "a path that leads elsewhere",
      (json) => void (manifest(json).paths[0] = "../weights.bin"),
      /something that is no file beside it\. Received: "\.\.\/weights\.bin"/,
    ],
    ["an address", (json) => void (manifest(json).paths[0] = "https://a/b.bin"), /something that is no file beside it/],
    [
      "a file twice",
      (json) => void manifest(json).paths.push("weights.bin"),
      /The weightsManifest .* Received: the file "weights\.bin" twice/,
    ],
    [
      "a tensor twice",
      (json) => void manifest(json).weights.push(manifest(json).weights[0]!),
      /The weightsManifest .* Received: two tensors "dense_Dense\d+\/kernel"/,
    ],
    [
      "too few bytes",
      (json) => void (manifest(json).weights[0]!["shape"] = [3, 2 ** 40]),
      /do not hold what it says: weights\.bin\. Received: \d+ bytes\. Expected: \d{13,} bytes/,
    ],
    [
      "a size beyond all numbers",
      (json) => void (manifest(json).weights[0]!["shape"] = [2 ** 52, 2 ** 52]),
      /The weightsManifest .* of shape/,
    ],
    [
      "another dtype",
      (json) => void (manifest(json).weights[0]!["dtype"] = "complex64"),
      /has a dtype that no layer of TensorFlow\.js keeps\. Received: "complex64"/,
    ],
    [
      "another packing",
      (json) => void (manifest(json).weights[0]!["quantization"] = { dtype: "uint4" }),
      /is packed in a way that TensorFlow\.js does not know/,
    ],
  ])("%s", async (_, change, message) => {
    await expect(loadModel(changed(change))).rejects.toThrow(message);
  });

  it("bilinear upsampling, which puts pixels elsewhere than Keras", async () => {
    const path = changed((json) => {
      const { layers: all } = (json["modelTopology"] as { config: { layers: Json[] } }).config;
      all.push({ class_name: "UpSampling2D", config: { name: "up", size: [2, 2], interpolation: "bilinear" } });
    });
    await expect(loadModel(path)).rejects.toThrow(
      /UpSampling2D "up" interpolates bilinearly, for which TensorFlow\.js has other places/,
    );
  });
});

describe("what Pawl writes", () => {
  const folder = temporaryFolder();
  const small = (): Sequential =>
    new Sequential(
      [
        Input({ shape: [3] }),
        new layers.Dense(4, { activation: "tanh", name: "hidden" }),
        new layers.Dropout(0.2, { name: "drop" }),
        new layers.Dense(1, { name: "out" }),
      ],
      { name: "net" },
    );
  const x = new Tensor([1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 0, 2], [4, 3], "float32");
  const y = new Tensor([1, 0, 1, 2], [4, 1], "float32");
  const train = (model: Model, epochs: number, initialEpoch = 0) =>
    model.fit(x, y, { epochs, initialEpoch, batchSize: 2, verbose: 0 });

  it("is what TensorFlow.js writes: its words, its names of weights, slots of the optimizer after them", async () => {
    const model = small();
    model.compile({ optimizer: "adam", loss: "mse", metrics: ["mae", "r2_score"] });
    const said = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    await train(model, 1);
    await model.save(join(folder, "words/model.json"));
    expect(said.mock.calls.flat()).toEqual([
      'Sequential "net" opens in TensorFlow.js without the metrics "r2_score". Pawl goes on from the file as it was.',
    ]);
    said.mockRestore();
    const { pawl: _, ...json } = JSON.parse(readFileSync(join(folder, "words/model.json"), "utf8")) as {
      [key: string]: unknown;
    };
    expect(json).toMatchObject({
      format: "layers-model",
      convertedBy: null,
      modelTopology: {
        class_name: "Sequential",
        keras_version: "tfjs-layers 4.22.0",
        backend: "tensor_flow.js",
        config: {
          name: "net",
          layers: [
            { class_name: "InputLayer", config: { batch_input_shape: [null, 3], dtype: "float32", sparse: false } },
            {
              class_name: "Dense",
              config: {
                name: "hidden",
                trainable: true,
                units: 4,
                activation: "tanh",
                use_bias: true,
                kernel_initializer: { class_name: "GlorotUniform", config: { seed: null } },
              },
            },
            { class_name: "Dropout", config: { name: "drop", rate: 0.2, noise_shape: null } },
            { class_name: "Dense", config: { name: "out" } },
          ],
        },
      },
      trainingConfig: {
        loss: "mean_squared_error",
        metrics: ["mae"],
        optimizer_config: {
          class_name: "Adam",
          config: { learningRate: Math.fround(0.001), beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
        },
      },
    });
    const [{ paths, weights }] = json["weightsManifest"] as [
      { paths: string[]; weights: { [key: string]: unknown }[] },
    ];
    expect(paths).toEqual(["model_00000.weights.bin"]);
    expect(weights.slice(0, 5)).toEqual([
      { name: "hidden/kernel", shape: [3, 4], dtype: "float32" },
      { name: "hidden/bias", shape: [4], dtype: "float32" },
      { name: "out/kernel", shape: [4, 1], dtype: "float32" },
      { name: "out/bias", shape: [1], dtype: "float32" },
      { name: "iter", shape: [], dtype: "int32", group: "optimizer" },
    ]);
    expect(weights.slice(5).map(({ shape }) => shape)).toEqual([[3, 4], [4], [4, 1], [1], [3, 4], [4], [4, 1], [1]]);
  });

  it("goes on exactly in Pawl, with the shuffle, the dropout and the optimizer as they were", async () => {
    setRandomSeed(7);
    const whole = small();
    whole.compile({ optimizer: "adamw", loss: "mse" });
    await train(whole, 4);
    setRandomSeed(7);
    const first = small();
    first.compile({ optimizer: "adamw", loss: "mse" });
    await train(first, 2);
    await first.save(join(folder, "exact/model.json"));
    const second = await loadModel(join(folder, "exact/model.json"));
    await train(second, 4, 2);
    expect(second.weights.map(({ data }) => data)).toEqual(whole.weights.map(({ data }) => data));
  });

  it("a second save replaces the first and its files, and leaves those of others", async () => {
    const model = small();
    const path = join(folder, "twice/model.json");
    await model.save(path);
    writeFileSync(join(folder, "twice/model_weights.bin"), "of somebody else");
    await model.save(path);
    expect(readdirSync(join(folder, "twice")).sort()).toEqual([
      "model.json",
      "model_g2_00000.weights.bin",
      "model_g2_00001.weights.bin",
      "model_weights.bin",
    ]);
    await expect(model.save(path, { overwrite: false })).rejects.toThrow(/exists already/);
    await loadModel(path);
  });

  it("one bit elsewhere, and the file is refused; what TensorFlow.js reads is loaded when that is allowed", async () => {
    const model = small();
    const path = join(folder, "bits/model.json");
    await model.save(path);
    const weights = join(folder, "bits/model_00000.weights.bin");
    const bytes = readFileSync(weights);
    bytes[5]! ^= 1;
    writeFileSync(weights, bytes);
    await expect(loadModel(path)).rejects.toThrow(
      /model_00000\.weights\.bin" is not the file that "[^"]+model\.json" was written with\. Copy the model\.json and all its files together/,
    );
    const said = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    await loadModel(path, { allowEdited: true });
    expect(said.mock.calls.flat().join()).toMatch(/or a file of it was changed after Pawl wrote it/);
    said.mockRestore();
    const text = readFileSync(path, "utf8");
    writeFileSync(path, text.replace('"units":4', '"units":5'));
    await expect(loadModel(path)).rejects.toThrow(/was changed after Pawl wrote it/);
  });

  it.each<[string, () => Model, RegExp]>([
    [
      "a layer that is not there",
      () => new Sequential([Input({ shape: [4, 4, 2] }), new layers.GroupNormalization({ groups: 2, name: "norm" })]),
      /GroupNormalization "norm": TensorFlow\.js has no such layer, so no model\.json can hold it\. Export the model to ONNX instead: model\.export\(path\)/,
    ],
    [
      "an option that is not there",
      () => new Sequential([Input({ shape: [4, 3] }), new layers.GRU(2, { name: "gru" })]),
      /GRU "gru"\.reset_after: TensorFlow\.js cannot do that.*Received: true\. Expected: false/,
    ],
    [
      "an activation that is another function there",
      () => new Sequential([Input({ shape: [4] }), new layers.Dense(2, { activation: "hard_sigmoid", name: "d" })]),
      /Dense "d"\.activation: TensorFlow\.js cannot do that.*Received: "hard_sigmoid"/,
    ],
    [
      "another precision",
      () => new Sequential([Input({ shape: [4] }), new layers.Dense(2, { dtype: "float64", name: "d" })]),
      /Dense "d"\.dtype: TensorFlow\.js cannot do that.*Received: "float64"\. Expected: "float32"/,
    ],
    [
      "two layers of one name in models inside",
      () => {
        const inner = (): Sequential => new Sequential([Input({ shape: [2] }), new layers.Dense(2, { name: "same" })]);
        const input = Input({ shape: [2] });
        return new Model(input, inner().apply(inner().apply(input)));
      },
      /tells weights apart by the names of layers, and two layers .* have the same\. Received: "same\/kernel"/,
    ],
  ])("%s is an error that names it", async (_, make, message) => {
    await expect(make().save(join(folder, "never/model.json"))).rejects.toThrow(message);
  });
});

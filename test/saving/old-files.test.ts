import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Config } from "../../src/core/parts.js";
import { Tensor } from "../../src/core/tensor.js";
import { H5Group, writeHdf5 } from "../../src/formats/hdf5/index.js";
import type * as layers from "../../src/layers/index.js";
import { loadModel } from "../../src/model/index.js";
import { putNamed } from "../../src/saving/h5-layout.js";
import { temporaryFolder } from "./support.js";

const folder = temporaryFolder();
type Weights = Readonly<
  Record<string, readonly (readonly [name: string, shape: readonly number[], data: readonly number[]])[]>
>;

/** A file in an old Keras's format: version (null: none stored), the model's config, weights by layer. */
function oldFile(name: string, version: string | null, model: Config, weights: Weights): string {
  const root = new H5Group();
  if (version !== null) root.attrs.set("keras_version", version);
  root.attrs.set("model_config", JSON.stringify(model));
  const group = root.group("model_weights");
  group.attrs.set("layer_names", Object.keys(weights));
  for (const [layer, tensors] of Object.entries(weights)) {
    putNamed(
      group.group(layer),
      tensors.map(([key, shape, data]) => ({ name: key, tensor: new Tensor([...data], [...shape]) })),
    );
  }
  const path = join(folder, name);
  writeFileSync(path, writeHdf5(root));
  return path;
}

const DENSE: Weights = {
  d1: [
    ["d1/kernel:0", [2, 2], [1, 2, 3, 4]],
    ["d1/bias:0", [2], [0.5, -0.5]],
  ],
};
const dense = (config: Config): Config => ({ class_name: "Dense", config: { name: "d1", units: 2, ...config } });
const predicted = async (path: string, x: number[][]): Promise<number[]> => {
  const y = (await (await loadModel(path)).predict(x, { verbose: 0 })) as Tensor;
  return [...y.data].map(Number);
};

describe("a Sequential of an old Keras", () => {
  it("may be stored as a bare list of layers", async () => {
    const model = { class_name: "Sequential", config: [dense({ batch_input_shape: [null, 2] })] };
    expect(await predicted(oldFile("list.h5", "2.0.5", model, DENSE), [[1, 1]])).toEqual([4.5, 5.5]);
  });

  it("without an input shape takes its weights with the first data", async () => {
    const model = { class_name: "Sequential", config: { name: "late", layers: [dense({})] } };
    const path = oldFile("deferred.h5", "2.2.4-tf", model, DENSE);
    expect(await predicted(path, [[1, 1]])).toEqual([4.5, 5.5]);
    const loaded = await loadModel(path);
    expect(loaded.layers.map(({ name }) => name)).toEqual(["d1"]);
    await expect(loaded.save(join(folder, "late.keras"))).rejects.toThrow("the shape of its input is not known yet");
    loaded.build([[null, 2]]);
    expect([...(await loaded.getWeights())[0]!.data]).toEqual([1, 2, 3, 4]);
    loaded.compile({ optimizer: "sgd", loss: "mse" });
    await loaded.save(join(folder, "late.keras"));
    expect(await predicted(join(folder, "late.keras"), [[1, 1]])).toEqual([4.5, 5.5]);
  });

  it("whose weights do not fit the first data stays unchanged", async () => {
    const model = { class_name: "Sequential", config: { name: "late", layers: [dense({})] } };
    const loaded = await loadModel(oldFile("misfit.h5", "2.2.4-tf", model, DENSE));
    await expect(loaded.predict([[1, 2, 3]], { verbose: 0 })).rejects.toThrow(
      /The weight "kernel" of Dense "d1" does not fit.*Received: shape \(2, 2\). Expected: shape \(3, 2\)/,
    );
    expect(loaded.wired).toBe(false);
  });

  it("of Keras 1 opens with its old option names", async () => {
    const config = { name: "d1", output_dim: 2, input_dim: 2, init: "uniform", bias: true, W_regularizer: null };
    const weights: Weights = {
      d1: [
        ["d1_W:0", [2, 2], [1, 2, 3, 4]],
        ["d1_b:0", [2], [0.5, -0.5]],
      ],
    };
    const model = { class_name: "Sequential", config: [{ class_name: "Dense", config }] };
    expect(await predicted(oldFile("keras1.h5", "1.2.1", model, weights), [[1, 1]])).toEqual([4.5, 5.5]);
  });
});

describe("hard_sigmoid", () => {
  const x = [[1, -0.25]];
  const slopes = { "1.2.1": 0.2, "2.3.1": 0.2, "2.2.4-tf": 0.2, "3.0.0": 1 / 6 };
  const file = (version: string | null, more: Config = {}): string => {
    const config = { activation: "hard_sigmoid", batch_input_shape: [null, 2], use_bias: false };
    const layer = { ...dense(config), ...more };
    return oldFile(
      `hard-${version}.h5`,
      version,
      { class_name: "Sequential", config: { name: "s", layers: [layer] } },
      {
        d1: [["d1/kernel:0", [2, 2], [1, 0, 0, 1]]],
      },
    );
  };

  it.each(Object.entries(slopes))("in a file of %s has the slope %f", async (version, slope) => {
    const [first, second] = await predicted(file(version), x);
    expect(first).toBeCloseTo(slope + 0.5, 6);
    expect(second).toBeCloseTo(-0.25 * slope + 0.5, 6);
  });

  it("in a file without a version follows the Keras version that its keys belong to", async () => {
    expect((await predicted(file(null), x))[0]).toBeCloseTo(0.7, 6);
    expect((await predicted(file(null, { registered_name: null }), x))[0]).toBeCloseTo(1 / 6 + 0.5, 6);
  });

  it.each([".keras", ".h5"])("of Keras 2 stays the same in Pawl's %s files", async (ending) => {
    const loaded = await loadModel(file("2.3.1"));
    const { activation } = (loaded.layers[0] as layers.Dense).options;
    const path = join(folder, `hard${ending}`);
    await loaded.save(path);
    expect((await predicted(path, x))[0]).toBeCloseTo(0.7, 6);
    expect(((await loadModel(path)).layers[0] as layers.Dense).options.activation).toBe(activation);
  });
});

describe("a Lambda", () => {
  const lambda = (fn: unknown): string => {
    const entry = dense({ batch_input_shape: [null, 2] });
    const config = { name: "twice", trainable: true, function: fn, function_type: "lambda" } as unknown as Config;
    const model = {
      class_name: "Sequential",
      config: { name: "s", layers: [entry, { class_name: "Lambda", config }] },
    };
    return oldFile("lambda.h5", "2.4.0", model, DENSE);
  };

  it.each([
    ["by its class", "Lambda", ["4wEAAAA=", null, null]],
    ["by its name", "twice", ["4wEAAAA=", null, null]],
    ["by its function's name", "doubled", "doubled"],
  ])("is computed by a function that is given %s", async (_how, key, fn) => {
    const { ops } = await import("../../src/index.js");
    const customObjects = { [key]: (inputs: Parameters<typeof ops.multiply>[0]) => ops.multiply(inputs, 2) };
    const loaded = await loadModel(lambda(fn), { customObjects });
    const y = (await loaded.predict([[1, 1]], { verbose: 0 })) as Tensor;
    expect([...y.data]).toEqual([9, 11]);
  });

  it("is otherwise refused by name, with both ways to provide it", async () => {
    await expect(loadModel(lambda(["4wEAAAA=", null, null]))).rejects.toThrow(
      /Lambda "twice" holds Python code, which Pawl never runs.*customObjects: \{ twice: \(inputs\) => … \}/,
    );
  });
});

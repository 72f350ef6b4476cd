import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Value } from "../../src/graph/value.js";
import * as layers from "../../src/layers/index.js";
import { loadModel, Sequential } from "../../src/model/index.js";
import { Input } from "../../src/network/index.js";
import { kerasFile, temporaryFolder } from "./support.js";

const folder = temporaryFolder();
const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const chain = (...units: number[]): Sequential =>
  new Sequential([Input({ shape: [10] }), ...units.map((n, i) => new layers.Dense(n, { name: `d${i}` }))], {
    name: "net",
  });

describe("an error for a file that is not a model", () => {
  it("names the nearest file if it is missing", async () => {
    await expect(loadModel(kerasFile("seed_modle.h5"))).rejects.toThrow(
      `There is no file "${kerasFile("seed_modle.h5")}". Did you mean "${kerasFile("seed_model.h5")}"?`,
    );
    await expect(loadModel(join(folder, "nowhere", "m.h5"))).rejects.toThrow(
      `There is no folder "${join(folder, "nowhere")}".`,
    );
    await expect(loadModel(folder)).rejects.toThrow(
      `"${folder}" is not a file. Received: a folder. Expected: a .keras, .h5, .hdf5, .weights.h5, .safetensors or .weights.json file, or a model.json of TensorFlow.js.`,
    );
  });

  it("says that it is empty, or what it begins with", async () => {
    const empty = file("empty.h5", "");
    await expect(loadModel(empty)).rejects.toThrow(
      `"${empty}" is not a file that Pawl or Keras writes. Received: an empty file. Expected: a .keras archive (ZIP), or an HDF5 file (.h5, .hdf5, .weights.h5), or a .safetensors file.`,
    );
    const text = file("text.keras", "hello, world");
    await expect(loadModel(text)).rejects.toThrow("Received: 12 bytes that begin with 68 65 6c 6c 6f 2c 20 77.");
  });

  it("says that it holds only weights", async () => {
    const path = kerasFile("seed_model.weights.h5");
    await expect(loadModel(path)).rejects.toThrow(
      `"${path}" holds no architecture, so no model can be made from it. Expected: the attribute "model_config" and the group "model_weights". If it holds weights, make the model in code and call model.loadWeights.`,
    );
  });

  it("names the accepted endings when saving", async () => {
    await expect(chain(1).save(join(folder, "m.txt"))).rejects.toThrow(
      'Received: ".txt". Expected: a name that ends in ".keras", ".h5", ".hdf5", ".json".',
    );
    await expect(chain(1).saveWeights(join(folder, "m.keras"))).rejects.toThrow(
      'expected: a name that ends in ".weights.h5", ".h5", ".hdf5"'.replace("expected", "Expected"),
    );
  });
});

describe("an error for weights that do not fit", () => {
  it("compares by order: number of layers, number of weights, shapes", async () => {
    const path = kerasFile("seed_model.h5");
    await expect(chain(10).loadWeights(path)).rejects.toThrow(
      `The weights in "${path}" do not fit Sequential "net": the number of layers with weights differs. Received: 2 (dense, dense_1). Expected: 1 (d0). Make the model as it was when the file was saved.`,
    );
    await expect(chain(10, 2).loadWeights(path)).rejects.toThrow(
      `The weight "kernel" of Dense "d1" does not fit ("${path}", layer "dense_1"). Received: shape (10, 1). Expected: shape (10, 2).`,
    );
    const biasless = new Sequential([
      Input({ shape: [10] }),
      new layers.Dense(10, { useBias: false, name: "a" }),
      new layers.Dense(1),
    ]);
    await expect(biasless.loadWeights(path)).rejects.toThrow(
      `The weights of Dense "a" do not fit ("${path}", layer "dense"). Received: 2 weights. Expected: 1 (kernel).`,
    );
  });

  it("compares by path: missing and left over weights", async () => {
    const path = kerasFile("seed_model.weights.h5");
    await expect(chain(10, 1, 1).loadWeights(path)).rejects.toThrow(
      `"${path}" lacks the weights of 1 of the layers of Sequential "net", first Dense "d2". Received: no others. Expected: layers/dense_2.`,
    );
    await expect(chain(10).loadWeights(path)).rejects.toThrow(
      `"${path}" holds weights that Sequential "net" has no place for. Received: layers/dense_1. Expected: nothing else.`,
    );
  });

  it("changes nothing in the model", async () => {
    const model = chain(10, 2);
    const before = (await model.getWeights()).map((tensor) => tensor.tolist());
    await expect(model.loadWeights(kerasFile("seed_model.h5"))).rejects.toThrow("does not fit");
    expect((await model.getWeights()).map((tensor) => tensor.tolist())).toEqual(before);
  });

  it("includes the optimizer's state under strict loading", async () => {
    const model = chain(10, 1);
    model.compile({ optimizer: "sgd", loss: "mse" });
    const path = kerasFile("seed_model.h5");
    await expect(model.loadWeights(path, { strict: true })).rejects.toThrow(
      `The optimizer state in "${path}" cannot be used.`,
    );
  });
});

describe("hostile files", () => {
  it.each([
    ["bad-lambda.keras", /Lambda "shout" holds Python code, which Pawl never runs/],
    ["bad-unknown-class.keras", /unknown layer class "Mystery".*"dense".*register it before loading/],
    ["bad-import.keras", /unknown layer class "system"/],
    ["bad-registered-built-in.keras", /Dense "dense" claims to be Keras's own class and a registered one/],
  ])("%s", async (name, message) => {
    await expect(loadModel(kerasFile(name))).rejects.toThrow(message);
  });

  it("a user's class can replace a Lambda", async () => {
    class Shout extends layers.Layer {
      static override readonly className: string = "Lambda";
      static override fromConfig(config: { readonly name?: unknown }): Shout {
        return new Shout({ name: String(config.name) });
      }
      override call(inputs: Value): Value {
        return inputs;
      }
    }
    const model = await loadModel(kerasFile("bad-lambda.keras"), { customObjects: { Lambda: Shout } }).catch(
      (error: unknown) => error,
    );
    // The layer is made; only the weights of the Dense layer that it replaced are left over.
    expect(String(model)).toMatch(/holds weights that Sequential "sequential" has no place for/);
  });
});

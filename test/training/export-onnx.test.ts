import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InferenceSession, Tensor as OrtTensor } from "onnxruntime-web";
import { describe, expect, test } from "vitest";
import { type AnyModel, Input, layers, Model, ops, Sequential, Tensor, type Value } from "../../src/index.js";
import { firstDifference } from "../contracts/close.js";
import { EXPORTED } from "./exported-models.js";

const folder = mkdtempSync(join(tmpdir(), "pawl-onnx-"));

/** What ONNX Runtime computes from the file, by the names of the model's outputs. */
async function computed(
  path: string,
  inputs: Readonly<Record<string, Tensor>>,
): Promise<InferenceSession.OnnxValueMapType> {
  const session = await InferenceSession.create(new Uint8Array(readFileSync(path)));
  const feeds = Object.entries(inputs).map(([name, { data, shape, dtype }]) => {
    return [name, new OrtTensor(dtype as "float32", data as Float32Array, [...shape])];
  });
  return session.run(Object.fromEntries(feeds));
}

describe("an exported model predicts in ONNX Runtime what it predicts here, for any batch", () => {
  test.each(Object.keys(EXPORTED))("%s", async (label) => {
    const { build, dtype = "float32" } = EXPORTED[label]!;
    const model: AnyModel = build();
    const path = join(folder, `${label}.onnx`);
    await model.export(path);
    for (const rows of [3, 1]) {
      const inputs = model.inputs.map(({ shape }) => {
        const dims = [rows, ...(shape.slice(1) as number[])];
        const size = dims.reduce((a, b) => a * b, 1);
        const data = Array.from({ length: size }, (_, i) => (dtype === "int32" ? i % 4 : Math.sin(i * 1.3)));
        return new Tensor(dtype === "int32" ? Int32Array.from(data) : Float32Array.from(data), dims);
      });
      const named = Object.fromEntries(model.inputs.map(({ node }, i) => [node.layer.name, inputs[i]!]));
      const outputs = await computed(path, named);
      const predicted = [await model.predict(inputs.length === 1 ? inputs[0]! : inputs, { verbose: 0 })].flat();
      Object.values(outputs).forEach((value, i) => {
        expect((value as OrtTensor).dims).toEqual(predicted[i]!.shape);
        expect(firstDifference((value as OrtTensor).data as Float32Array, predicted[i]!.data)).toBeNull();
      });
    }
  });
});

describe("what cannot be exported is said", () => {
  const refused = (task: Promise<unknown>): Promise<string> => task.then(() => "nothing", String);
  const path = join(folder, "refused.onnx");

  test("an input of unknown size", async () => {
    const x = Input({ shape: [null, 2], name: "steps" });
    expect(await refused(new Model(x, new layers.LSTM(2).apply(x), { name: "m" }).export(path))).toMatchInlineSnapshot(
      `"OptionError: export of Functional "m": the shape of its input "steps" is not known. Received: (?, ?, 2). Expected: every dimension but that of the batch. Make the model once more with the whole shape in its Input, and give it the weights: other.setWeights(await model.getWeights())."`,
    );
  });

  test("another ending, and a model without an input", async () => {
    const model = new Sequential([new layers.Dense(1)], { name: "m" });
    expect(await refused(model.export("model.pb"))).toMatchInlineSnapshot(
      `"OptionError: export of Sequential "m" cannot be written to "model.pb". Expected: a name that ends in ".onnx". End the name in ".onnx"; models to train on are written by save."`,
    );
    expect(await refused(model.export(path))).toMatchInlineSnapshot(
      `"StateError: Sequential "m" is not built: the shape of its input is not known yet. Give the first layer an inputShape, start with Input({ shape }), or call build([null, ...shape])."`,
    );
  });

  test("random numbers in a prediction", async () => {
    const x = Input({ shape: [2] });
    class Noise extends layers.Layer {
      override call(value: Value, context: layers.CallContext): Value {
        return ops.add(value, context.random("noise", [-1, 2], "uniform"));
      }
    }
    expect(await refused(new Model(x, new Noise().apply(x), { name: "m" }).export(path))).toMatchInlineSnapshot(
      `"StateError: export of Functional "m": ONNX holds functions of inputs and weights. Received: a prediction draws random numbers. Export a model without that layer, e.g. new Model(model.inputs, layer.output)."`,
    );
  });
});

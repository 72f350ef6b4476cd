// Exports models as ONNX, with what they predict, for onnx_files.py. Uses the built library.
//
//   node interop/onnx-side.mjs FOLDER
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Input, layers, Model, ops, Sequential, Tensor } from "../dist/index.js";

const folder = process.argv[2];
mkdirSync(folder, { recursive: true });

const sequence = () => {
  const ids = Input({ shape: [6], dtype: "int32" });
  const steps = new layers.Embedding(5, 4, { maskZero: true }).apply(ids);
  return new Model(ids, new layers.Dense(2).apply(new layers.LSTM(3).apply(steps)));
};
const attention = () => {
  const x = Input({ shape: [4, 6] });
  return new Model(x, ops.add(new layers.MultiHeadAttention(2, 3).apply([x, x]), x));
};
const MODELS = {
  dense: new Sequential([new layers.Dense(4, { activation: "gelu", inputShape: [3] }), new layers.Dense(2)]),
  convnet: new Sequential([
    Input({ shape: [9, 9, 2] }),
    new layers.Conv2D(4, 3, { padding: "same", strides: 2 }),
    new layers.BatchNormalization(),
    new layers.MaxPooling2D(2),
    new layers.Conv2DTranspose(2, 3, { strides: 2, activation: "softplus" }),
    new layers.UpSampling2D(2),
  ]),
  sequence: sequence(),
  attention: attention(),
};
const plain = ({ data, shape, dtype }) => ({ data: [...data], shape, dtype });
const cases = [];
for (const [label, model] of Object.entries(MODELS)) {
  const inputs = {};
  for (const { shape, dtype, node } of model.inputs) {
    const dims = [3, ...shape.slice(1)];
    const numbers = Array.from({ length: dims.reduce((a, b) => a * b) }, (_, i) =>
      dtype === "int32" ? i % 5 : Math.sin(i * 0.7),
    );
    inputs[node.layer.name] = new Tensor(
      dtype === "int32" ? Int32Array.from(numbers) : Float32Array.from(numbers),
      dims,
    );
  }
  await model.export(join(folder, `${label}.onnx`));
  const given = Object.values(inputs);
  const outputs = [await model.predict(given.length === 1 ? given[0] : given, { verbose: 0 })].flat();
  const named = Object.fromEntries(Object.entries(inputs).map(([name, tensor]) => [name, plain(tensor)]));
  cases.push({ file: `${label}.onnx`, inputs: named, outputs: outputs.map(plain) });
}
writeFileSync(join(folder, "cases.json"), JSON.stringify(cases));

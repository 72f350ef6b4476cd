// Pawl's half of seven.py: loads what Keras made, trains on the same batches, and writes losses and the model after one
// step of SGD.
//
//   node interop/seven-side.mjs FOLDER STEPS NAME...

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { definition } from "../bench/protocol.mjs";
import { loadModel, Tensor } from "../dist/index.js";

const [folder, steps, ...names] = process.argv.slice(2);

const types = { float32: Float32Array, int32: Int32Array };
const slice = (tensor, start, end) => {
  const row = tensor.data.length / tensor.shape[0];
  return new Tensor(tensor.data.slice(start * row, end * row), [end - start, ...tensor.shape.slice(1)]);
};

for (const name of names) {
  const { batch } = definition(name);
  const shapes = JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8"));
  const read = (part, shape, dtype) => {
    const { buffer } = new Uint8Array(readFileSync(join(folder, `${name}.${part}`)));
    return new Tensor(new types[dtype](buffer), shape);
  };
  const inputs = shapes.x.map(([shape, dtype], i) => read(`x${i}`, shape, dtype));
  const y = read("y", shapes.y, "int32");
  const step = async (model, i, rows = batch) => {
    const start = (i * batch) % y.shape[0];
    const x = inputs.map((input) => slice(input, start, start + rows));
    const { loss } = await model.trainOnBatch(x.length > 1 ? x : x[0], slice(y, start, start + rows));
    return loss;
  };
  const one = await loadModel(join(folder, `${name}.sgd.keras`));
  await step(one, 0, shapes.rows);
  await one.save(join(folder, `${name}.pawl.keras`));

  const model = await loadModel(join(folder, `${name}.adam.keras`));
  const losses = [];
  for (let i = 0; i < Number(steps); i++) losses.push(await step(model, i));
  writeFileSync(join(folder, `${name}.pawl.json`), JSON.stringify(losses));
}

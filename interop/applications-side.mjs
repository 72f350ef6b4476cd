// One application with weights that real Keras saved, for applications.py. Uses the built library.
//
//   node interop/applications-side.mjs JOB.json
import { readFileSync } from "node:fs";
import { applications, layers, loadModel, optimizers, Tensor } from "../dist/index.js";

const { name, options, weights, x, y } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const camel = (key) => key.replace(/_(.)/g, (_, letter) => letter.toUpperCase());
const tensor = ({ data, shape }) => new Tensor(Float32Array.from(data), shape);
const plain = ({ data, shape }) => ({ data: [...data], shape, dtype: "float32" });

const given = Object.fromEntries(Object.entries(options).map(([key, value]) => [camel(key), value]));
const model = await applications[name]({ weights, ...given });
const predictions = plain(await model.predict(tensor(x), { verbose: 0 }));
const opened = plain(await (await loadModel(weights.replace(".weights.h5", ".h5"))).predict(tensor(x), { verbose: 0 }));
// Masks of two libraries differ, and people fine-tune with fixed normalization.
for (const layer of model.layers) if (layer instanceof layers.BatchNormalization) layer.trainable = false;

for (const layer of model.layers) if (layer instanceof layers.Dropout) layer.options.rate = 0;
model.compile({ optimizer: new optimizers.SGD({ learningRate: 1e-3 }), loss: "mse" });
const losses = [];
for (let step = 0; step < 3; step++) losses.push((await model.trainOnBatch(tensor(x), tensor(y))).loss);
console.log(JSON.stringify({ predictions, opened, losses }));

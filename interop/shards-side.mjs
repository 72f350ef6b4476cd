// The other side of interop/test_shards.py: takes what Keras saved in shards, trains on, and saves in shards.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { layers, optimizers, Sequential, Tensor } from "../dist/index.js";

const folder = process.argv[2];
const { x, y } = JSON.parse(readFileSync(join(folder, "data.json"), "utf8"));
const data = new Tensor(x, [24, 6]);
const model = new Sequential([
  new layers.Dense(8, { activation: "tanh", inputShape: [6] }),
  new layers.BatchNormalization(),
  new layers.Dense(3),
]);
model.compile({ optimizer: new optimizers.Adam({ learningRate: 0.01 }), loss: "mse" });
await model.loadWeights(join(folder, "keras.weights.json"));
const before = (await model.predict(data, { verbose: 0 })).data;
await model.fit(data, new Tensor(y, [24, 3]), { epochs: 2, batchSize: 8, shuffle: false, verbose: 0 });
const after = (await model.predict(data, { verbose: 0 })).data;
await model.saveWeights(join(folder, "pawl.weights.json"), { maxShardSize: 300 / 2 ** 30 });
writeFileSync(join(folder, "pawl.json"), JSON.stringify({ before: [...before], after: [...after] }));

// Fine-tuning: open a saved model, freeze its first layers, train the head on new data with a smaller rate.
import { layers, loadModel, optimizers, random, Sequential, setRandomSeed } from "pawl";

setRandomSeed(5);
const base = new Sequential([
  new layers.Dense(24, { activation: "relu", inputShape: [12], name: "features_1" }),
  new layers.Dense(24, { activation: "relu", name: "features_2" }),
  new layers.Dense(4, { activation: "softmax", name: "head" }),
]);
base.compile({ optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"] });
await base.fit(random.normal([300, 12]), random.integers(0, 4, [300]), { epochs: 2, verbose: 0 });
await base.save("base.keras");

const model = await loadModel("base.keras");
for (const layer of model.layers) layer.trainable = layer.name === "head";
// A change of `trainable` takes effect at the next compile, as in Keras.
model.compile({
  optimizer: new optimizers.Adam({ learningRate: 1e-4 }),
  loss: "sparse_categorical_crossentropy",
  metrics: ["accuracy"],
});
model.summary();

const before = await model.getLayer("features_1").getWeights();
await model.fit(random.normal([100, 12]), random.integers(0, 4, [100]), { epochs: 3, verbose: 2 });
const after = await model.getLayer("features_1").getWeights();
const frozen = before.every((tensor, i) => tensor.data.every((value, j) => value === after[i]?.data[j]));
console.log(`The frozen layers ${frozen ? "did not move" : "MOVED"}.`);
if (!frozen) process.exitCode = 1;

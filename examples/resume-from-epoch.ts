// Checkpoint every epoch, load epoch 3, go on: the first of the three classic ways to resume a Keras training.
// The resumed epochs are the very ones that an uninterrupted training has, and the end of this file proves it.
import { callbacks, layers, loadModel, random, Sequential, setRandomSeed } from "pawl";

setRandomSeed(42);
const x = random.uniform([100, 10]);
const y = random.integers(0, 2, [100]);

const model = new Sequential([
  new layers.Dense(10, { activation: "relu", inputShape: [10] }),
  new layers.Dropout(0.2),
  new layers.Dense(1, { activation: "sigmoid" }),
]);
model.compile({ optimizer: "adam", loss: "binary_crossentropy", metrics: ["accuracy"] });

const checkpoint = new callbacks.ModelCheckpoint("model_checkpoint/epoch_{epoch:02d}.h5", { saveFreq: "epoch" });
const uninterrupted = await model.fit(x, y, { epochs: 8, callbacks: [checkpoint], verbose: 0 });

const loaded = await loadModel("model_checkpoint/epoch_03.h5");
const resumed = await loaded.fit(x, y, { initialEpoch: 3, epochs: 8, verbose: 2 });

const expected = uninterrupted.history["loss"]?.slice(3);
const same = resumed.history["loss"]?.every((loss, i) => loss === expected?.[i]);
console.log(
  `Epochs ${resumed.epoch.map((epoch) => epoch + 1).join(", ")}: ${same ? "equal, bit for bit" : "DIFFERENT"}`,
);
if (!same) process.exitCode = 1;

// Go back to a saved epoch and go on with another learning rate: a fork. Everything else stays as it was, so the
// difference between the two branches is the learning rate and nothing else.
import { callbacks, layers, loadModel, random, Sequential, setRandomSeed } from "pawl";

setRandomSeed(3);
const x = random.normal([256, 10]);
const y = random.integers(0, 3, [256]);

const model = new Sequential([
  new layers.Dense(32, { activation: "relu", inputShape: [10] }),
  new layers.Dense(3, { activation: "softmax" }),
]);
model.compile({ optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"] });
const checkpoint = new callbacks.ModelCheckpoint("model_checkpoint/epoch_{epoch:02d}.keras");
await model.fit(x, y, { epochs: 4, callbacks: [checkpoint], verbose: 0 });

for (const factor of [1, 0.1]) {
  const branch = await loadModel("model_checkpoint/epoch_02.keras");
  const rate = branch.optimizer.learningRate;
  rate.assign(rate.numpy() * factor);
  const history = await branch.fit(x, y, { initialEpoch: 2, epochs: 4, verbose: 0 });
  const { loss = [] } = history.history;
  const losses = loss.map((value) => value.toFixed(4)).join(", ");
  console.log(`learning rate ${rate.numpy().toExponential(1)}: loss ${losses}`);
}

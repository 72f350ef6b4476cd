// Stop when the validation loss no longer improves, and keep the weights of the best epoch. How long it has waited
// and what was best are part of the training state: a resumed training stops where an uninterrupted one would.
import { callbacks, layers, random, Sequential, setRandomSeed } from "pawl";

setRandomSeed(9);
const x = random.normal([300, 10]);
const y = random.integers(0, 2, [300]);

const model = new Sequential([
  new layers.Dense(64, { activation: "relu", inputShape: [10] }),
  new layers.Dense(1, { activation: "sigmoid" }),
]);
model.compile({ optimizer: "adam", loss: "binary_crossentropy", metrics: ["accuracy"] });

const stopping = new callbacks.EarlyStopping({
  monitor: "val_loss",
  patience: 3,
  restoreBestWeights: true,
  verbose: 1,
});
const history = await model.fit(x, y, { epochs: 60, validationSplit: 0.3, callbacks: [stopping], verbose: 0 });

const best = Math.min(...(history.history["val_loss"] ?? []));
const { loss = Number.NaN } = await model.evaluate(x.slice(210, 300), y.slice(210, 300), { verbose: 0 });
console.log(`Stopped after ${history.epoch.length} epochs; best val_loss ${best.toFixed(4)}, now ${loss.toFixed(4)}`);

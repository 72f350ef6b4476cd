// Checkpoint logic of one's own: the weights in one file, epoch and learning rate in a JSON beside it. The third
// classic way. In Keras `saveWeights("x.h5")` loses the optimizer; here its slots come back too.
import { readFile, writeFile } from "node:fs/promises";
import { callbacks, layers, optimizers, random, Sequential, setRandomSeed } from "pawl";

setRandomSeed(11);
const x = random.normal([160, 6]);
const y = random.integers(0, 2, [160]);

function build(): Sequential {
  const model = new Sequential([
    new layers.Dense(12, { activation: "tanh", inputShape: [6] }),
    new layers.Dense(1, { activation: "sigmoid" }),
  ]);
  model.compile({ optimizer: new optimizers.Adam({ learningRate: 0.01 }), loss: "binary_crossentropy" });
  return model;
}

const model = build();
const save = new callbacks.LambdaCallback({
  onEpochEnd: async (epoch) => {
    if (epoch !== 2) return;
    await model.saveWeights("weights_03.h5");
    const learningRate = model.optimizer!.learningRate.numpy();
    await writeFile("weights_03.json", JSON.stringify({ epoch: epoch + 1, learningRate }));
  },
});
const whole = await model.fit(x, y, { epochs: 6, callbacks: [save], shuffle: false, verbose: 0 });

const { epoch, learningRate } = JSON.parse(await readFile("weights_03.json", "utf8"));
const again = build();
await again.loadWeights("weights_03.h5");
again.optimizer!.learningRate.assign(learningRate);
const rest = await again.fit(x, y, { initialEpoch: epoch, epochs: 6, shuffle: false, verbose: 2 });

const expected = whole.history["loss"]!.slice(epoch);
const same = rest.history["loss"]!.every((loss, i) => loss === expected[i]);
console.log(
  `Resumed at epoch ${epoch + 1} with learning rate ${learningRate}: ${same ? "equal, bit for bit" : "DIFFERENT"}`,
);
if (!same) process.exitCode = 1;

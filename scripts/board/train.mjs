// A small training for the walk: node train.mjs FOLDER [--rate 0.01] [--units 16] [--epochs 4] [--pause 0]
import { callbacks, layers, optimizers, random, Sequential, setRandomSeed } from "pawl";

const [dir, ...rest] = process.argv.slice(2);
const flag = (name, otherwise) => {
  const at = rest.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(rest[at + 1]);
};

/** Takes its time, so that somebody can watch. */
class Pause extends callbacks.Callback {
  async onTrainBatchEnd() {
    await new Promise((resolve) => setTimeout(resolve, flag("pause", 0)));
  }
}

setRandomSeed(7);
const x = random.normal([400, 8], { seed: 1 });
// Something that can be learned, with noise.
const noise = random.normal([400, 1], { seed: 2 });
const y = {
  dtype: "float32",
  shape: [400, 1],
  data: noise.data.map((error, i) => targetOf(x.data.subarray(8 * i, 8 * i + 8)) + 0.1 * error),
};
function targetOf([a, b, c, d]) {
  return 2 * a - b + c * d;
}
const model = new Sequential(
  [
    new layers.Dense(flag("units", 16), { activation: "relu", inputShape: [8] }),
    new layers.Dropout(0.1),
    new layers.Dense(1),
  ],
  { name: "price" },
);
model.compile({ optimizer: new optimizers.Adam({ learningRate: flag("rate", 0.01) }), loss: "mse", metrics: ["mae"] });
await model.fit(x, y, {
  epochs: flag("epochs", 4),
  batchSize: 20,
  validationSplit: 0.2,
  verbose: 0,
  run: { dir, every: { epochs: 1 }, keep: 20, record: { batches: 1 } },
  callbacks: flag("pause", 0) > 0 ? [new Pause()] : [],
});

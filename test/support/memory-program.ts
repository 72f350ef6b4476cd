/**
 * Two programs about memory, by their first argument.
 *
 * `grow MODEL DIR EPOCHS`: trains with everything on that keeps something, 20 steps an epoch, and says what memory the
 * process has when it is warm (after four ninths of the epochs) and at the end.
 *
 * `peak OPTIMIZER SHARDS WIDTH DIR`: trains one wide layer with saves, and says the most that it took, in bytes beyond
 * what a small training in the same process had taken.
 */
export const MEMORY_PROGRAM: string = `
import { readFileSync } from "node:fs";
import { callbacks, layers, random, Sequential, setRandomSeed } from "pawl";

const status = (field) => 1024 * Number(new RegExp(field + ":\\\\s+(\\\\d+)").exec(readFileSync("/proc/self/status", "utf8"))[1]);

const MODELS = {
  dense: () => ({
    x: random.normal([64, 20], { seed: 1 }),
    layers: [new layers.Dense(64, { activation: "relu", inputShape: [20] }), new layers.BatchNormalization(), new layers.Dropout(0.2), new layers.Dense(3, { activation: "softmax" })],
  }),
  convolution: () => ({
    x: random.normal([64, 8, 8, 3], { seed: 1 }),
    layers: [new layers.Conv2D(8, 3, { activation: "relu", inputShape: [8, 8, 3] }), new layers.MaxPooling2D(), new layers.Flatten(), new layers.Dense(3, { activation: "softmax" })],
  }),
  embedding: () => ({
    x: random.integers(0, 30, [64, 6], { seed: 1 }),
    layers: [new layers.Embedding(30, 8, { inputShape: [6] }), new layers.LayerNormalization(), new layers.GlobalAveragePooling1D(), new layers.GaussianNoise(0.1), new layers.Dense(3, { activation: "softmax" })],
  }),
};

async function grow(name, dir, epochs) {
  setRandomSeed(5);
  const { x, layers } = MODELS[name]();
  const model = new Sequential(layers);
  model.compile({ optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"], shards: 2 });
  const seen = [];
  const watch = new callbacks.LambdaCallback({
    onEpochEnd(epoch) {
      if (epoch + 1 !== Math.floor((epochs * 4) / 9) && epoch + 1 !== epochs) return;
      for (let i = 0; i < 3; i++) gc();
      seen.push({ resident: status("VmRSS"), heap: process.memoryUsage().heapUsed });
    },
  });
  const { history } = await model.fit(x, random.integers(0, 3, [64], { seed: 2 }), {
    epochs,
    batchSize: 3,
    verbose: 0,
    validationSplit: 0.07,
    callbacks: [
      watch,
      new callbacks.EarlyStopping({ monitor: "loss", patience: 1e6, restoreBestWeights: true }),
      new callbacks.CSVLogger(dir + ".csv"),
      new callbacks.ModelCheckpoint(dir + ".keras", { saveFreq: 50 }),
    ],
    run: { dir, every: { steps: 5 }, keep: 2 },
  });
  console.log(JSON.stringify({ steps: model.optimizer.iteration, epochs: history.loss.length, seen }));
}

/** A training of one layer; returns its model, and the most memory that the process had until its end. */
async function train(optimizer, shards, width, dir) {
  const model = new Sequential([new layers.Dense(width, { inputShape: [width] }), new layers.Dense(1)]);
  model.compile({ optimizer, loss: "mse", shards });
  let most = 0;
  const last = new callbacks.LambdaCallback({
    async onTrainEnd(_logs, context) {
      await context.flush();
      most = status("VmHWM");
    },
  });
  await model.fit(random.normal([16, width], { seed: 1 }), random.normal([16, 1], { seed: 2 }), {
    batchSize: 8,
    epochs: 3,
    verbose: 0,
    callbacks: [last],
    run: { dir, every: { steps: 1 } },
  });
  return { weights: 4 * model.countParams(), most };
}

async function peak(optimizer, shards, width, dir) {
  await train(optimizer, shards, 8, dir + "-small");
  const before = status("VmRSS");
  const { weights, most } = await train(optimizer, shards, width, dir);
  const slots = { sgd: 0, adam: 2 }[optimizer];
  console.log(JSON.stringify({ most: most - before, weights, state: weights * (1 + slots) }));
}

const [what, name, ...rest] = process.argv.slice(2);
if (what === "grow") await grow(name, rest[0], Number(rest[1]));
else await peak(name, Number(rest[0]), Number(rest[1]), rest[2]);
`;

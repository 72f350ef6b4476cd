/**
 * Models that are hard to resume, each with its way of training. `whole DIR` trains each with all its checkpoints kept
 * and writes what it ended with; `resume DIR MODEL STRIDE` starts from each checkpoint by itself and compares.
 */
export const REFERENCE_PROGRAM: string = `
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { callbacks, Input, layers, Model, optimizers, random, schedules, Sequential, setRandomSeed } from "pawl";

const x = random.normal([40, 6], { seed: 11 });
const y = random.integers(0, 3, [40], { seed: 12 });
const head = () => new layers.Dense(3, { activation: "softmax" });
const mlp = (...middle) => new Sequential([new layers.Dense(8, { activation: "relu", inputShape: [6] }), ...middle, head()]);
const loss = "sparse_categorical_crossentropy";
const compiled = (model, optimizer = new optimizers.Adam({ learningRate: 0.01 })) => {
  model.compile({ optimizer, loss, metrics: ["accuracy"] });
  return model;
};

function nested() {
  const inner = new Sequential([new layers.Dense(5, { activation: "tanh", inputShape: [3] }), new layers.Dropout(0.2)]);
  const shared = new layers.Dense(3);
  const input = Input({ shape: [6] });
  const halves = [new layers.Dense(3).apply(input), new layers.Dense(3).apply(input)];
  const both = halves.map((half) => inner.apply(shared.apply(half)));
  return new Model(input, head().apply(new layers.Concatenate().apply(both)));
}

const MODELS = {
  "dropout": { build: () => compiled(mlp(new layers.Dropout(0.4))) },
  "batch normalization": { build: () => compiled(mlp(new layers.BatchNormalization())) },
  "Adam with a schedule": {
    build: () => compiled(mlp(new layers.Dropout(0.1)), new optimizers.Adam({ learningRate: new schedules.CosineDecay({ initialLearningRate: 0.05, decaySteps: 12 }) })),
  },
  "averages of weights (EMA)": {
    build: () => compiled(mlp(), new optimizers.SGD({ learningRate: 0.1, momentum: 0.9, useEma: true, emaMomentum: 0.8, emaOverwriteFrequency: 4 })),
  },
  "accumulated gradients": {
    build: () => compiled(mlp(new layers.Dropout(0.2)), new optimizers.Adam({ learningRate: 0.02, gradientAccumulationSteps: 3, clipnorm: 1 })),
  },
  "early stopping with best weights": {
    build: () => compiled(mlp(), new optimizers.SGD({ learningRate: 0.5 })),
    callbacks: () => [new callbacks.EarlyStopping({ monitor: "loss", patience: 2, minDelta: 10, restoreBestWeights: true })],
  },
  "plateau": {
    build: () => compiled(mlp(new layers.Dropout(0.2))),
    callbacks: () => [new callbacks.ReduceLROnPlateau({ monitor: "val_loss", patience: 0, minDelta: 10, factor: 0.5 })],
  },
  "noise layers": { build: () => compiled(mlp(new layers.GaussianNoise(0.3), new layers.GaussianDropout(0.2), new layers.AlphaDropout(0.1))) },
  "shared and nested models": { build: () => compiled(nested()) },
};

const flush = (_index, _logs, context) => context.flush();
async function train(name, run) {
  setRandomSeed(5);
  const model = MODELS[name].build();
  const own = MODELS[name].callbacks?.() ?? [];
  const waits = new callbacks.LambdaCallback({ onTrainBatchEnd: flush, onEpochEnd: flush });
  const options = { epochs: 3, batchSize: 8, verbose: 0, validationSplit: 0.1, run, callbacks: [...own, waits] };
  const { history } = await model.fit(x, y, options);
  const hash = createHash("sha256");
  for (const entry of [...model.weights, ...model.optimizer.variables]) hash.update(String(entry.read().tolist()));
  return hash.update(JSON.stringify(history)).digest("hex");
}

const KINDS = { steps: { epochs: null, steps: 1 }, epochs: { epochs: 1, steps: 1 } };
const [mode, dir, only, stride] = process.argv.slice(2);
const results = {};
const folderOf = (name, kind) => dir + "/" + name.replace(/\\W+/g, "-") + "-" + kind;
if (mode === "whole") {
  for (const name of Object.keys(MODELS)) {
    for (const [kind, every] of Object.entries(KINDS)) results[name + " " + kind] = await train(name, { dir: folderOf(name, kind), every, keep: 1000 });
  }
} else {
  const whole = JSON.parse(readFileSync(dir + "/whole.json", "utf8"));
  let turn = 0;
  for (const [kind, every] of Object.entries(KINDS)) {
    const from = folderOf(only, kind);
    for (const file of readdirSync(from).filter((name) => name.endsWith(".pawl"))) {
      if (turn++ % Number(stride) !== 0) continue;
      const to = from + "-again";
      mkdirSync(to);
      copyFileSync(from + "/" + file, to + "/" + file);
      results[kind + " " + file] = (await train(only, { dir: to, every, keep: 1 })) === whole[only + " " + kind];
      rmSync(to, { recursive: true });
    }
  }
}
writeFileSync(dir + "/" + (mode === "whole" ? "whole" : only) + ".json", JSON.stringify(results));
`;

export const REFERENCE_MODELS: readonly string[] = [
  "dropout",
  "batch normalization",
  "Adam with a schedule",
  "averages of weights (EMA)",
  "accumulated gradients",
  "early stopping with best weights",
  "plateau",
  "noise layers",
  "shared and nested models",
];

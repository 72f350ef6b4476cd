// Exchanges models with real TensorFlow.js in both directions: each of its layers, each of its optimizers.
// Uses the built library.
//
//   node interop/tfjs_models.mjs FOLDER [--converted FOLDER] [--only NAME] [--read-only]
//   node interop/tfjs_models.mjs test/fixtures/tfjs/own --fixtures
//
// --converted: what interop/tfjs_converter.py wrote, to be read by both. --fixtures: models with what they answer and the
// losses of some steps, for tests that need no network.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { loadModel, Tensor } from "../dist/index.js";
import { casesOf } from "./tfjs/cases.mjs";
import tf from "./tfjs/node_modules/@tensorflow/tfjs/dist/tf.node.js";

const folder = process.argv[2];
const only = process.argv.includes("--only") ? process.argv[process.argv.indexOf("--only") + 1] : null;
await tf.setBackend("cpu");
await tf.ready();

/** As the handler of file:// in tfjs-node writes a model, weights perhaps in several files. */
export const writing = (path, shards = 1) => ({
  async save({ modelTopology, weightSpecs, weightData, ...rest }) {
    mkdirSync(dirname(path), { recursive: true });
    const bytes = Buffer.from(weightData instanceof ArrayBuffer ? weightData : weightData[0]);
    const each = Math.ceil(bytes.length / shards);
    const paths = Array.from({ length: shards }, (_, i) =>
      shards === 1 ? "weights.bin" : `group1-shard${i + 1}of${shards}.bin`,
    );
    for (const [i, name] of paths.entries())
      writeFileSync(join(dirname(path), name), bytes.subarray(i * each, (i + 1) * each));
    writeFileSync(path, JSON.stringify({ modelTopology, ...rest, weightsManifest: [{ paths, weights: weightSpecs }] }));
    return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: "JSON" } };
  },
});

/** As file:// and http:// in TensorFlow.js read it. */
export const reading = (path) => ({
  async load() {
    const { weightsManifest, ...rest } = JSON.parse(readFileSync(path, "utf8"));
    const files = weightsManifest.flatMap(({ paths }) => paths.map((name) => readFileSync(join(dirname(path), name))));
    const whole = Buffer.concat(files);
    const weightData = whole.buffer.slice(whole.byteOffset, whole.byteOffset + whole.length);
    return { ...rest, weightSpecs: weightsManifest.flatMap(({ weights }) => weights), weightData };
  },
});

let seed = 1;
const draw = () => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed / 2 ** 32 - 0.5;
};
const filled = (shape, ids) => {
  const size = shape.reduce((a, b) => a * b, 1);
  return ids === undefined
    ? Float32Array.from({ length: size }, () => 2 * draw())
    : Int32Array.from({ length: size }, () => Math.floor((draw() + 0.5) * ids));
};
const list = (value) => (Array.isArray(value) ? value : [value]);

/** The largest difference, in parts of the largest value. */
function difference(a, b) {
  const scale = Math.max(1e-3, ...Array.from(a, Math.abs));
  return Math.max(
    0,
    ...Array.from(a, (value, i) => Math.abs(value - b[i]) / scale),
    a.length === b.length ? 0 : Infinity,
  );
}

const failures = [];
let compared = 0;
function expectClose(name, ours, theirs, tolerance = 1e-4) {
  compared++;
  const worst = difference(theirs, ours);
  if (!(worst <= tolerance)) failures.push(`${name}: differ by ${worst}`);
}

async function attempt(name, body) {
  try {
    await body();
  } catch (error) {
    failures.push(`${name}: ${error.message}`);
    if (process.env.STACK) console.error(error);
  }
}

const BATCH = 4;

/** What a model of TensorFlow.js is asked, and says. */
function questionsFor(model, ids) {
  const data = model.inputs.map(({ shape }) => {
    const full = [BATCH, ...shape.slice(1)];
    return { shape: full, values: filled(full, ids) };
  });
  const inputs = data.map(({ shape, values }) => tf.tensor(values, shape, ids === undefined ? "float32" : "int32"));
  return {
    data,
    ask: (asked) =>
      list(asked.predict(inputs.length === 1 ? inputs[0] : inputs)).map((y) => ({
        shape: y.shape,
        values: y.dataSync(),
      })),
    ours: data.map(({ shape, values }) => new Tensor(values, shape, ids === undefined ? "float32" : "int32")),
    inputs,
  };
}

const single = (items) => (items.length === 1 ? items[0] : items);
const STEPS = 3;
const fixtures = process.argv.includes("--fixtures");
const readOnly = fixtures || process.argv.includes("--read-only");
const FIXTURES = [
  "dense",
  "depthwiseConv2d",
  "rnn of cells",
  "bidirectional",
  "model in a model",
  "shared layer",
  "embedding",
  "activation hardSigmoid",
  "optimizer adam",
  "optimizer nesterov momentum",
  "optimizer rmsprop",
];
const isWanted = (name) => (only === null || name.includes(only)) && (!fixtures || FIXTURES.includes(name));
const short = (values) => Array.from(values, (value) => Number(value.toPrecision(8)));

/** What a test without TensorFlow.js needs to know. */
function writeFixture(here, questions, targets, outputs, losses) {
  if (!fixtures) return;
  const plain = ({ shape, values, data }) => ({ shape, values: short(values ?? data) });
  const expected = {
    inputs: questions.data.map(plain),
    dtype: questions.ours[0].dtype,
    outputs: outputs.map(plain),
    targets: targets.map(plain),
    losses: short(losses),
  };
  writeFileSync(join(here, "expected.json"), `${JSON.stringify(expected)}\n`);
}

/** Losses of some steps over the whole batch, on both sides. */
async function trainBoth(name, model, loaded, questions, targets, tolerance = 1e-4) {
  const theirs = await model.fit(
    single(questions.inputs),
    single(targets.map(({ values, shape }) => tf.tensor(values, shape))),
    { epochs: STEPS, batchSize: BATCH, shuffle: false, verbose: 0 },
  );
  const ours = await loaded.fit(
    single(questions.ours),
    single(targets.map(({ values, shape }) => new Tensor(values, shape, "float32"))),
    { epochs: STEPS, batchSize: BATCH, shuffle: false, verbose: 0 },
  );
  expectClose(`${name}: losses of ${STEPS} steps`, ours.history.loss, theirs.history.loss, tolerance);
  return theirs.history.loss;
}

for (const [name, make] of Object.entries(casesOf(tf))) {
  if (!isWanted(name)) continue;
  await attempt(name, async () => {
    const made = make();
    const { model, ids, trains = true } = "predict" in made ? { model: made } : made;
    model.setWeights(
      model.getWeights().map((w, i) =>
        tf.tensor(
          filled(w.shape).map((v) => (/variance/.test(model.weights[i].name) ? Math.abs(v) + 0.5 : v)),
          w.shape,
        ),
      ),
    );
    const here = join(folder, name.replaceAll(/\W+/g, "-"));
    const path = join(here, "model.json");
    model.compile({ optimizer: tf.train.sgd(0.05), loss: "meanSquaredError" });
    await model.save(writing(path, 1 + (compared % 3)), { includeOptimizer: true });
    const questions = questionsFor(model, ids);
    const theirs = questions.ask(model);
    const loaded = await loadModel(path);
    const ours = list(await loaded.predict(single(questions.ours)));
    for (const [i, { values }] of theirs.entries())
      expectClose(`${name}: output ${i} of what TensorFlow.js wrote`, ours[i].data, values);
    if (trains && model.trainableWeights.length > 0) {
      const targets = theirs.map(({ shape }) => ({ shape, values: filled(shape) }));
      writeFixture(here, questions, targets, theirs, await trainBoth(name, model, loaded, questions, targets));
    }
    if (readOnly) return;
    const back = join(here, "back", "model.json");
    await loaded.save(back);
    const again = await tf.loadLayersModel(reading(back));
    const after = list(await loaded.predict(single(questions.ours)));
    for (const [i, { values }] of questions.ask(again).entries())
      expectClose(`${name}: output ${i} of what Pawl wrote`, after[i].data, values);
    if (trains && model.trainableWeights.length > 0) {
      const targets = theirs.map(({ shape }) => ({ shape, values: filled(shape) }));
      await trainBoth(`${name}, as Pawl wrote it`, again, loaded, questions, targets);
    }
  });
}

const OPTIMIZERS = {
  sgd: () => tf.train.sgd(0.1),
  momentum: () => tf.train.momentum(0.1, 0.9),
  "nesterov momentum": () => tf.train.momentum(0.1, 0.9, true),
  adam: () => tf.train.adam(0.05, 0.8, 0.95),
  rmsprop: () => tf.train.rmsprop(0.02, 0.8),
  "rmsprop with momentum": () => tf.train.rmsprop(0.02, 0.8, 0.5, 1e-6),
  adagrad: () => tf.train.adagrad(0.1, 0.2),
};
const LOSSES = {
  meanSquaredError: ["mse", "MAE"],
  binaryCrossentropy: ["accuracy"],
  categoricalCrossentropy: ["acc", "categoricalCrossentropy"],
};

for (const [i, [name, optimizer]] of Object.entries(OPTIMIZERS).entries()) {
  if (!isWanted(`optimizer ${name}`)) continue;
  await attempt(name, async () => {
    const [loss, metrics] = Object.entries(LOSSES)[i % 3];
    const model = tf.sequential({
      layers: [
        tf.layers.dense({ units: 4, activation: "tanh", inputShape: [3] }),
        tf.layers.dense({ units: 2, activation: "sigmoid" }),
      ],
    });
    model.setWeights(model.getWeights().map(({ shape }) => tf.tensor(filled(shape), shape)));
    model.compile({ optimizer: optimizer(), loss, metrics });
    const questions = questionsFor(model);
    const targets = [
      {
        shape: [BATCH, 2],
        values: Float32Array.from({ length: 2 * BATCH }, (_, j) => ((j % 2) + (j % 3 === 0 ? 1 : 0)) % 2),
      },
    ];
    await model.fit(questions.inputs[0], tf.tensor(targets[0].values, targets[0].shape), {
      epochs: 2,
      batchSize: BATCH,
      verbose: 0,
    });
    const here = join(folder, `optimizer-${name.replaceAll(/\W+/g, "-")}`);
    const path = join(here, "model.json");
    await model.save(writing(path), { includeOptimizer: true });
    const loaded = await loadModel(path, { strict: true });
    if (loaded.optimizer.iteration !== 2) failures.push(`${name}: ${loaded.optimizer.iteration} steps instead of 2`);
    const outputs = questions.ask(model);
    writeFixture(
      here,
      questions,
      targets,
      outputs,
      await trainBoth(`optimizer ${name}`, model, loaded, questions, targets),
    );
    if (readOnly) return;
    const back = join(here, "back", "model.json");
    await loaded.save(back);
    const again = await tf.loadLayersModel(reading(back));
    if (again.optimizer.iterations !== 5)
      failures.push(`${name}: ${again.optimizer.iterations} steps instead of 5 in what Pawl wrote`);
    await trainBoth(`optimizer ${name}, as Pawl wrote it`, again, loaded, questions, targets);
  });
}

const ALL_LOSSES = [
  "meanSquaredError",
  "meanAbsoluteError",
  "meanAbsolutePercentageError",
  "meanSquaredLogarithmicError",
  "squaredHinge",
  "hinge",
  "categoricalHinge",
  "logcosh",
  "categoricalCrossentropy",
  "binaryCrossentropy",
  "kullbackLeiblerDivergence",
  "poisson",
  "cosineProximity",
];
// Its precision counts only outputs that are exactly 1, and no other Keras has its cosine, which is the loss.
const ALL_METRICS = [
  "accuracy",
  "acc",
  "binaryAccuracy",
  "categoricalAccuracy",
  "categoricalCrossentropy",
  "mse",
  "MSE",
  "mae",
  "MAE",
  "mape",
  "MAPE",
];

for (const loss of ALL_LOSSES) {
  if (!isWanted(`loss ${loss}`)) continue;
  await attempt(`loss ${loss}`, async () => {
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 2, activation: "sigmoid", inputShape: [3] })] });
    model.setWeights(model.getWeights().map(({ shape }) => tf.tensor(filled(shape), shape)));
    model.compile({ optimizer: "sgd", loss });
    const path = join(folder, `loss-${loss}`, "model.json");
    await model.save(writing(path), { includeOptimizer: true });
    const targets = [
      {
        shape: [BATCH, 2],
        values: Float32Array.from({ length: 2 * BATCH }, (_, j) => (j % 4 === 0 || j % 4 === 3 ? 0.9 : 0.1)),
      },
    ];
    await trainBoth(`loss ${loss}`, model, await loadModel(path), questionsFor(model), targets);
  });
}
for (const metric of ALL_METRICS) {
  if (!isWanted(`metric ${metric}`)) continue;
  await attempt(`metric ${metric}`, async () => {
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 2, activation: "softmax", inputShape: [3] })] });
    model.compile({ optimizer: "sgd", loss: "categoricalCrossentropy", metrics: [metric] });
    const path = join(folder, `metric-${metric}`, "model.json");
    await model.save(writing(path), { includeOptimizer: true });
    const questions = questionsFor(model);
    const y = Float32Array.from({ length: 2 * BATCH }, (_, j) => (j % 4 === 0 || j % 4 === 3 ? 1 : 0));
    const theirs = model.evaluate(questions.inputs[0], tf.tensor(y, [BATCH, 2]))[1].dataSync()[0];
    const { loss: _, ...ours } = await (await loadModel(path)).evaluate(
      questions.ours[0],
      new Tensor(y, [BATCH, 2], "float32"),
      { verbose: 0 },
    );
    expectClose(`metric ${metric}`, Object.values(ours), [theirs]);
  });
}

if (process.argv.includes("--converted")) {
  const converted = process.argv[process.argv.indexOf("--converted") + 1];
  for (const name of readdirSync(converted)) {
    await attempt(`converted ${name}`, async () => {
      const path = join(converted, name, "model.json");
      const { input, output } = JSON.parse(readFileSync(join(converted, name, "expected.json"), "utf8"));
      const { data } = await (await loadModel(path)).predict(
        new Tensor(Float32Array.from(input.values), input.shape, "float32"),
      );
      expectClose(`converted ${name}: output in Python`, data, output, /int|float16/.test(name) ? 1e-2 : 1e-4);
      // TensorFlow.js itself cannot read the names of Keras 3, nor the keys that Keras 2 writes for separable layers.
      if (name.startsWith("image")) return;
      const there = (await tf.loadLayersModel(reading(path))).predict(tf.tensor(input.values, input.shape));
      expectClose(`converted ${name}: output in TensorFlow.js`, data, there.dataSync());
    });
  }
}

console.log(`${compared} comparisons with TensorFlow.js ${tf.version.tfjs}, ${failures.length} failures`);
for (const failure of failures) console.log(`  ${failure}`);
process.exit(failures.length === 0 ? 0 : 1);

// Pawl's half of the exchange with real Keras; reads what keras_side.py and tf_keras_side.py wrote into FOLDER, trains
// on, and writes its own files there (FOLDER/pawl) for keras_side.py to check. Uses the built library, as users do.
//
//   node interop/pawl-side.mjs FOLDER

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadModel, setRandomSeed } from "../dist/index.js";
import { born } from "./born.mjs";
import {
  asList,
  fitOptions,
  fromJson,
  LOSS_TOLERANCE,
  largestDifference,
  PREDICTION_TOLERANCE,
  tensorDifference,
  toJson,
} from "./compare.mjs";

const folder = process.argv[2];
const out = join(folder, "pawl");
mkdirSync(out, { recursive: true });

const results = [];
const told = {};

function add(name, check, ok, detail = "") {
  results.push({ case: name, check, ok, detail });
}

function comparePredictions(name, check, received, expected) {
  const difference = tensorDifference(received, expected);
  add(name, check, difference <= PREDICTION_TOLERANCE, `off by ${difference.toExponential(1)}`);
}

function compareHistory(name, check, received, expected) {
  const keys = Object.keys(expected).sort();
  if (String(Object.keys(received).sort()) !== String(keys)) {
    add(name, check, false, `keys ${Object.keys(received).sort()} instead of ${keys}`);
    return;
  }
  const difference = largestDifference(
    keys.map((key) => received[key]),
    keys.map((key) => expected[key]),
  );
  add(name, check, difference <= LOSS_TOLERANCE, `off by ${difference.toExponential(1)}`);
}

/** States that go on from batch to batch begin anew. */
function begin(model) {
  for (const layer of model.layers) if (layer.stateful || layer.layer?.stateful) layer.resetState();
  return model;
}

async function predict(model, one) {
  return asList(await begin(model).predict(fromJson(one.x), { batchSize: one.batchSize, verbose: 0 }));
}

async function fit(model, one, options = {}) {
  begin(model);
  const history = await model.fit(fromJson(one.x), fromJson(one.y), { ...fitOptions(one), ...options });
  return history.history;
}

async function attempt(name, check, body) {
  try {
    await body();
  } catch (error) {
    console.error(`${name}, ${check}:`, error);
    add(name, check, false, `${error?.name ?? "Error"}: ${String(error?.message ?? error).slice(0, 300)}`);
  }
}

/** What a model is saved as, for Keras to open; then it trains on, for Keras to compare with. */
async function saveAll(name, model, one) {
  const path = join(out, name);
  const predictions = await predict(model, one);
  begin(model);
  await model.save(`${path}.keras`);
  await model.save(`${path}.h5`);
  await model.saveWeights(`${path}.weights.h5`);
  await model.saveWeights(`${path}.legacy.h5`);
  told[name] = {
    ...one,
    predictions: toJson(predictions),
    history: one.train ? await fit(model, one) : {},
  };
}

async function checkFile(name, one, ending) {
  const check = `from ${ending}`;
  await attempt(name, check, async () => {
    const path = join(folder, `${name}${ending}`);
    let model;
    if (ending === ".weights.h5" || ending === ".old-weights.h5") {
      // A model with other weights and another optimizer state, which the file must replace.
      model = await loadModel(join(folder, `${name}${existsSync(join(folder, `${name}.keras`)) ? ".keras" : ".h5"}`));
      if (one.train) await fit(model, one, { epochs: one.firstEpoch + 1 });
      await model.loadWeights(path);
    } else {
      model = await loadModel(path);
    }
    comparePredictions(name, `${check}: predictions`, await predict(model, one), one.predictions);
    if (ending === ".keras" || (ending === ".h5" && !told[name] && one.formats?.length === 1)) {
      await saveAll(name, model, one);
      if (one.train) compareHistory(name, `${check}: trains on`, told[name].history, one.history);
    } else if (one.train && ending !== ".old-weights.h5") {
      compareHistory(name, `${check}: trains on`, await fit(model, one), one.history);
    }
    if (one.train && ending !== ".old-weights.h5") {
      const final = await predict(model, one);
      const difference = largestDifference(
        final.map(({ data }) => data),
        one.finalPredictions.map(({ data }) => data),
      );
      add(name, `${check}: final predictions`, difference <= LOSS_TOLERANCE, `off by ${difference.toExponential(1)}`);
    }
  });
}

for (const file of readdirSync(folder).filter((name) => /^cases.*\.json$/.test(name))) {
  for (const [name, one] of Object.entries(JSON.parse(readFileSync(join(folder, file), "utf8")))) {
    // Keras 2 has weight files in the layout of Keras 1 besides, and not all formats for all optimizers.
    const endings = one.endings ?? [...one.formats, ".old-weights.h5"];
    for (const ending of endings) await checkFile(name, one, ending);
    console.log(`  exchanged ${name}`);
  }
}
setRandomSeed(7);
for (const [name, make] of Object.entries(born)) {
  await attempt(name, "made by Pawl", async () => {
    const { model, x, y, options = {} } = make();
    await model.fit(x, y, { batchSize: 16, epochs: 2, shuffle: false, verbose: 0, ...options });
    const one = { x: toJson(x), y: toJson(y), batchSize: 16, firstEpoch: 2, lastEpoch: 4, train: true };
    await saveAll(name, model, { ...one, classWeight: options.classWeight ?? null });
    add(name, "made by Pawl", true);
  });
  console.log(`  made ${name}`);
}

writeFileSync(join(out, "pawl.json"), JSON.stringify(told));
writeFileSync(join(folder, "results-pawl.json"), JSON.stringify(results));

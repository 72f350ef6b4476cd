// Pawl's half of the exchange of random models: loads what random_side.py made in FOLDER, predicts, evaluates and trains
// on as Keras did, and saves its own files in FOLDER/pawl for random_side.py to check.
//
//   node interop/random-side.mjs FOLDER

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadModel } from "../dist/index.js";
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

// Sums that cancel leave rounding errors, which have no relative precision.
const LEAST = 1e-4;

const folder = process.argv[2];
const out = join(folder, "pawl");
mkdirSync(out, { recursive: true });

const results = [];
const told = {};

/** `noise`: how much a disturbance in the last digits changes Keras's own result. */
function close(name, check, difference, tolerance, noise) {
  const ok = difference <= Math.max(tolerance, 50 * noise);
  results.push({ case: name, check, ok, detail: `off by ${difference.toExponential(1)}` });
}

/** Keras logs a metric of several values as a list, Pawl as one number each. */
function logged(logs, isHistory) {
  const flat = {};
  for (const [key, value] of Object.entries(logs)) {
    const several = Array.isArray(isHistory ? value[0] : value);
    if (!several) flat[key] = isHistory ? value : [value];
    else if (isHistory) for (const i of value[0].keys()) flat[`${key}_${i}`] = value.map((row) => row[i]);
    else
      value.forEach((one, i) => {
        flat[`${key}_${i}`] = [one];
      });
  }
  return flat;
}

function compareLogs(name, check, received, expected, isHistory, noise) {
  const [a, b] = [logged(received, isHistory), logged(expected, isHistory)];
  const keys = Object.keys(b).sort();
  if (String(Object.keys(a).sort()) !== String(keys)) {
    results.push({ case: name, check, ok: false, detail: `keys ${Object.keys(a).sort()} instead of ${keys}` });
    return;
  }
  const values = (logs) => keys.map((key) => logs[key]);
  close(name, check, largestDifference(values(a), values(b), LEAST), LOSS_TOLERANCE, noise);
}

async function fit(model, one) {
  const history = await model.fit(fromJson(one.x), fromJson(one.y), fitOptions(one));
  return history.history;
}

async function open(name, one, ending) {
  const path = join(folder, name + ending);
  if (ending !== ".weights.h5") return await loadModel(path);
  // A model with other weights and another optimizer state, which the file must replace.
  const model = await loadModel(join(folder, `${name}.keras`));
  await model.trainOnBatch(fromJson(one.x), fromJson(one.y));
  await model.loadWeights(path);
  return model;
}

async function checkFile(name, one, ending) {
  const { noise } = one;
  const model = await open(name, one, ending);
  const [x, y] = [fromJson(one.x), fromJson(one.y)];
  const quiet = { batchSize: one.batchSize, verbose: 0 };
  const weights = one.sampleWeight ? { sampleWeight: fromJson(one.sampleWeight) } : {};
  const check = (what) => `from ${ending}: ${what}`;
  const predictions = asList(await model.predict(x, quiet));
  const off = tensorDifference(predictions, one.predictions, LEAST);
  close(name, check("predictions"), off, PREDICTION_TOLERANCE, noise.predictions);
  const evaluated = await model.evaluate(x, y, { ...quiet, ...weights });
  compareLogs(name, check("evaluate"), evaluated, one.evaluated, false, noise.evaluated);
  if (ending === ".keras") {
    await model.save(join(out, `${name}.keras`));
    await model.save(join(out, `${name}.h5`));
  }
  const history = await fit(model, one);
  compareLogs(name, check("trains on"), history, one.history, true, noise.history);
  if (ending === ".keras") {
    told[name] = { ...one, predictions: toJson(predictions), history };
    const again = await fit(await loadModel(join(out, `${name}.h5`)), one);
    const same = JSON.stringify(again) === JSON.stringify(history);
    results.push({ case: name, check: "trains on from its own .h5", ok: same, detail: "other numbers" });
  }
  const last = asList(await model.predict(x, quiet));
  close(name, check("final predictions"), tensorDifference(last, one.last, LEAST), LOSS_TOLERANCE, noise.last);
  const learnt = tensorDifference(await model.getWeights(), one.weights, LEAST);
  close(name, check("final weights"), learnt, LOSS_TOLERANCE, noise.weights);
}

for (const [name, one] of Object.entries(JSON.parse(readFileSync(join(folder, "random.json"), "utf8")))) {
  for (const ending of [".keras", ".h5", ".weights.h5"]) {
    // Without a training before it, the file holds no optimizer state to replace another.
    if (ending === ".weights.h5" && one.firstEpoch === 0) continue;
    try {
      await checkFile(name, one, ending);
    } catch (error) {
      console.error(`${name}, ${ending}:`, error);
      results.push({ case: name, check: `from ${ending}`, ok: false, detail: String(error?.message).slice(0, 300) });
    }
  }
}
writeFileSync(join(out, "random.json"), JSON.stringify(told));
writeFileSync(join(folder, "results-random-pawl.json"), JSON.stringify(results));

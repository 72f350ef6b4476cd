// Pawl's half of run.py: runs a recipe of examples/ as it stands, and writes what real Keras needs to do the same: the
// weights before the first step, the batches in their order, what each step logged, and what was predicted afterwards.
// Training ends after STEPS steps. Random numbers are not written: Keras's side makes them again from the seed.
//
//   node interop/recipes/pawl-side.mjs examples/NAME.ts OUT.json STEPS

import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { layers, Model, Sequential, Variable } from "../../dist/index.js";
import { emitExample } from "../../scripts/emit-example.mjs";

const [source, out, count] = process.argv.slice(2);
const STEPS = Number(count);
const target = resolve(out);
const told = { seed: null, weights: null, batches: [], logs: [], predicted: [] };
const { fit, predict, trainOnBatch } = Model.prototype;

/** Only models of a recipe's own class are watched; those of layers alone (a teacher) train as always. */
const isWatched = (model) => model.constructor !== Model && model.constructor !== Sequential;

function plain(value) {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.map(plain);
  if (!("data" in value)) return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, plain(one)]));
  const { data, shape, dtype } = value;
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return { base64: bytes.toString("base64"), shape, dtype };
}

function weightsOf(model) {
  const read = (layer) => layer.weights.map((weight) => plain(weight.read()));
  const found = { model: read(model) };
  for (const [field, value] of Object.entries(model)) {
    if (value instanceof layers.Layer) found[field] = read(value);
    if (value instanceof Variable) found[field] = [plain(value.read())];
  }
  return found;
}

/** Weights may be made as late as for the first batch: reads them when the first step is ready to run. */
function tellWeights(model) {
  const trainer = model.savable;
  const { train } = trainer;
  trainer.train = async (batch, ...rest) => {
    await trainer.prepare(batch);
    told.weights = weightsOf(model);
    trainer.train = train;
    return train.call(trainer, batch, ...rest);
  };
}

function finish() {
  writeFileSync(target, JSON.stringify(told));
  process.exit(0);
}

async function step(model, x, y) {
  if (told.seed === null) tellWeights(model);
  told.seed = model.savable.seed;
  told.batches.push({ x: plain(x), y: plain(y) });
  const logs = await trainOnBatch.call(model, x, y);
  told.logs.push(logs);
  return logs;
}

/** The rows of a step; the data begins anew at its end. */
function rows(value, i, size) {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.map((one) => rows(one, i, size));
  const steps = Math.floor(value.shape[0] / size);
  return value.slice((i % steps) * size, (i % steps) * size + size);
}

Model.prototype.fit = async function (x, y, options) {
  if (!isWatched(this)) return fit.call(this, x, y, options);
  const [targets, { batchSize = 32 }] = options === undefined ? [null, y] : [y, options];
  const history = {};
  for (let i = 0; i < STEPS; i++) {
    const logs = await step(this, rows(x, i, batchSize), rows(targets, i, batchSize));
    for (const [name, value] of Object.entries(logs)) {
      (history[name] ??= []).push(value);
      (history[`val_${name}`] ??= []).push(value); // nothing is validated here
    }
  }
  return { history, epoch: [] };
};

Model.prototype.trainOnBatch = async function (x, y, options) {
  if (!isWatched(this)) return trainOnBatch.call(this, x, y, options);
  const logs = await step(this, x, y);
  if (told.logs.length === STEPS) finish();
  return logs;
};

Model.prototype.predict = async function (x, options) {
  const outputs = await predict.call(this, x, options);
  if (isWatched(this))
    told.predicted.push({ x: plain(x), outputs: plain(Array.isArray(outputs) ? outputs : [outputs]) });
  return outputs;
};

const program = emitExample(source);
await import(pathToFileURL(program).href);
finish();

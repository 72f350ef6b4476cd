// Loaded before a recipe of examples/ (node --import): runs it as it stands, with fewer rows of data, and says at the end
// what it has come to. STOP_AFTER stops the process after that many steps of training, as Ctrl-C would.
//
// SHARDS: parts of a batch, for `compile`. BATCHES: most batches of an epoch. OUT: the file for the digest.
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { callbacks, Model } from "../../dist/index.js";

const { STOP_AFTER, SHARDS, BATCHES, OUT } = process.env;
const { compile, fit, trainOnBatch } = Model.prototype;
const models = [];
let steps = 0;

/** The signal is taken up at the next cut, which comes after the step. */
function count() {
  steps += 1;
  if (steps === Number(STOP_AFTER)) process.kill(process.pid, "SIGTERM");
}

function few(value, rows) {
  if (value === null || value === undefined) return value;
  if (Array.isArray(value) && value.every((one) => typeof one === "object" && "shape" in one)) return value.map((one) => few(one, rows));
  return value.slice(0, rows);
}

Model.prototype.compile = function (options) {
  models.push(this);
  return compile.call(this, SHARDS ? { ...options, shards: Number(SHARDS) } : options);
};

Model.prototype.fit = function (x, y, given) {
  const [targets, options] = given === undefined ? [null, y] : [y, given];
  const rows = Number(BATCHES) * options.batchSize;
  const counter = new callbacks.LambdaCallback({ onTrainBatchEnd: count });
  return fit.call(this, few(x, rows), few(targets, rows), { ...options, callbacks: [...(options.callbacks ?? []), counter] });
};

Model.prototype.trainOnBatch = async function (...given) {
  const logs = await trainOnBatch.apply(this, given);
  count();
  return logs;
};

process.once("beforeExit", async () => {
  const hash = createHash("sha256");
  const add = ({ data }) => hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  for (const model of models) {
    for (const weight of await model.getWeights()) add(weight);
    for (const { variables } of optimizersOf(model)) for (const entry of variables) add(entry.read());
  }
  if (OUT) writeFileSync(OUT, hash.digest("hex"));
});

function optimizersOf(model) { return [] }

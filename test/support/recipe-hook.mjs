// Loaded before a recipe of examples/ (node --import), which runs as it stands, on less data, and says at its end what it
// has come to. STOP_AFTER and KILL_AFTER end the process after that many steps of training: as Ctrl-C does, or at once.
//
// SHARDS: parts of each batch. BATCHES: most batches of an epoch. OUT: the file for the digest.
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { callbacks, Model } from "../../dist/index.js";

const { STOP_AFTER, KILL_AFTER, SHARDS, BATCHES, OUT } = process.env;
const { compile, fit, trainOnBatch } = Model.prototype;
const compiled = [];
let steps = 0;

function count() {
  steps += 1;
  if (steps === Number(STOP_AFTER)) process.kill(process.pid, "SIGTERM");
  if (steps === Number(KILL_AFTER)) process.kill(process.pid, "SIGKILL");
}

const few = (value, rows) => {
  if (value === null || value === undefined) return value;
  const isList = Array.isArray(value) && typeof value[0]?.slice === "function" && "shape" in value[0];
  return isList ? value.map((one) => few(one, rows)) : value.slice(0, rows);
};

Model.prototype.compile = function (options) {
  compiled.push(this);
  return compile.call(this, SHARDS ? { ...options, shards: Number(SHARDS) } : options);
};

Model.prototype.fit = function (x, ...given) {
  const options = given.at(-1);
  const y = given.length === 2 ? given[0] : null;
  const rows = Number(BATCHES) * options.batchSize;
  const counter = new callbacks.LambdaCallback({ onTrainBatchEnd: count });
  return fit.call(this, few(x, rows), few(y, rows), { ...options, verbose: 0, callbacks: [counter] });
};

Model.prototype.trainOnBatch = async function (...given) {
  const logs = await trainOnBatch.apply(this, given);
  count();
  return logs;
};

process.once("beforeExit", async () => {
  const hash = createHash("sha256");
  const add = ({ data }) => hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  for (const model of compiled) {
    for (const weight of await model.getWeights()) add(weight);
    for (const optimizer of Object.values(model.optimizers)) for (const entry of optimizer.variables) add(entry.read());
  }
  writeFileSync(OUT, hash.digest("hex"));
});

/**
 * A script for `node --require` (threads that run a text heed no --import): in the thread that writes checkpoints, the n-th call of the file system fails with a
 * code, both of which a control file says (`{ id, at, code }`; a new id counts anew). The calls go to a log.
 */
export const THREAD_FAULTS: string = `
const { appendFileSync, readFileSync } = require("node:fs");
const promises = require("node:fs/promises");
const { syncBuiltinESMExports } = require("node:module");
const { isMainThread } = require("node:worker_threads");

const control = process.env.FAULTS;
if (!isMainThread && control) {
  let id = null;
  let count = 0;
  const check = (operation, path) => {
    if (path.startsWith("/proc/")) return;
    const fault = JSON.parse(readFileSync(control, "utf8"));
    if (fault.id !== id) count = 0;
    id = fault.id;
    const failing = count++ === fault.at;
    appendFileSync(control + ".log", JSON.stringify({ id, operation, failing }) + "\\n");
    if (failing) throw Object.assign(new Error(fault.code + ": " + operation), { code: fault.code });
  };
  for (const name of ["stat", "mkdir", "rename", "rm", "readdir", "link", "truncate"]) {
    const real = promises[name];
    promises[name] = async (path, ...rest) => {
      check(name, String(path));
      return real.call(promises, path, ...rest);
    };
  }
  const { open } = promises;
  promises.open = async (path, ...how) => {
    check("open", String(path));
    const file = await open.call(promises, path, ...how);
    for (const name of ["write", "sync"]) {
      const real = file[name];
      file[name] = async (...args) => {
        check(name, String(path));
        return real.apply(file, args);
      };
    }
    const { close } = file;
    // What a disk says at last, it says when the file is closed.
    file.close = async () => {
      await close.call(file);
      check("close", String(path));
    };
    return file;
  };
  syncBuiltinESMExports();
}
`;

/**
 * Trains again and again, each time with another call failing in the thread that writes: `node PROGRAM DIR STRIDE CODE…`.
 * Then goes on in the same folder without a fault. Says of each training what came of it, as a line of JSON.
 */
export const THREAD_FAULTS_PROGRAM: string = `
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { callbacks as all, layers, random, Sequential, setRandomSeed } from "pawl";

const [dir, stride, ...codes] = process.argv.slice(2);
const control = process.env.FAULTS;
const x = random.normal([24, 6], { seed: 11 });
const y = random.normal([24, 1], { seed: 12 });
const warnings = [];
console.warn = (text) => warnings.push(text);
let ids = 0;
const command = (at, code) => {
  writeFileSync(control, JSON.stringify({ id: ++ids, at, code }));
  writeFileSync(control + ".log", "");
};
class Waits extends all.Callback {
  onTrainBatchEnd(_batch, _logs, context) {
    return context.flush();
  }
}
async function train(run) {
  setRandomSeed(5);
  const model = new Sequential([new layers.Dense(8, { inputShape: [6] }), new layers.Dropout(0.2), new layers.Dense(1)]);
  model.compile({ optimizer: "adam", loss: "mse" });
  // Each save is waited for, so that the calls are always the same ones.
  const callbacks = [new Waits()];
  const { history } = await model.fit(x, y, { epochs: 2, batchSize: 8, verbose: 0, callbacks, run });
  const hash = createHash("sha256");
  for (const entry of [...model.weights, ...model.optimizer.variables]) hash.update(entry.read().data);
  return hash.update(JSON.stringify(history)).digest("hex");
}
const run = { dir, every: { steps: 1 }, keep: 2 };
command(-1, "");
const whole = await train(run);
// Not the first time, when leftovers are looked for as well.
rmSync(dir, { recursive: true });
command(-1, "");
await train(run);
const calls = readFileSync(control + ".log", "utf8").trim().split("\\n").length;
console.log(JSON.stringify({ calls }));
for (const code of codes) {
  for (let at = 0; at < calls; at += Number(stride)) {
    rmSync(dir, { recursive: true });
    command(at, code);
    warnings.length = 0;
    let outcome = "";
    let error = "";
    try {
      outcome = (await train(run)) === whole ? "went on" : "other bits";
    } catch (cause) {
      outcome = "refused";
      error = cause.message;
    }
    const log = readFileSync(control + ".log", "utf8").trim().split("\\n").map((line) => JSON.parse(line));
    const operation = log.find(({ failing }) => failing)?.operation ?? null;
    const said = [...warnings];
    const kept = existsSync(dir) ? readdirSync(dir).filter((name) => name.endsWith(".pawl")).length : 0;
    command(-1, "");
    const again = (await train(run)) === whole;
    const left = readdirSync(dir).filter((name) => name.endsWith("-tmp") || name.startsWith("lock"));
    console.log(JSON.stringify({ code, at, operation, outcome, error, said, kept, again, left }));
  }
}
`;

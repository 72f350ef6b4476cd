// Folders with records of runs, as trainings write them: node bench/record/make-runs.mjs FOLDER [--runs 10000] [--epochs 20] [--metrics 20] [--batches 0]
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";

/**
 * @param folder is made
 * @param shape how many runs, epochs and metrics; and how many points of batches a run has besides
 */
export function makeRuns(folder, { runs = 10_000, epochs = 20, metrics = 20, batches = 0 } = {}) {
  const keys = Array.from({ length: metrics }, (_, i) => (i === 0 ? "loss" : i === 1 ? "val_loss" : `metric_${i}`));
  for (let run = 0; run < runs; run++) {
    const path = join(folder, `run-${String(run).padStart(5, "0")}`);
    mkdirSync(path, { recursive: true });
    const random = randomFrom(run + 1);
    const rate = 10 ** (-1 - 4 * random());
    const began = 1_790_000_000_000 + run * 60_000;
    const steps = Math.max(10, Math.ceil(batches / epochs));
    const logsAt = (part) => {
      const logs = {};
      for (let i = 0; i < metrics; i++) logs[keys[i]] = (1 + i) * Math.exp(-3 * part) * (0.9 + 0.2 * random());
      return logs;
    };
    const out = openSync(join(path, "log.jsonl"), "w");
    let lines = [startOf(began, epochs, steps, rate, run)];
    for (let epoch = 0; epoch < epochs; epoch++) {
      for (let batch = 1; batches > 0 && batch <= steps; batch++) {
        const step = epoch * steps + batch;
        const logs = logsAt(step / (epochs * steps));
        lines.push({
          event: "batch",
          time: began + step * 20,
          step,
          epoch,
          batch,
          logs,
          rates: { learning_rate: rate },
          stepMs: 20,
        });
        if (lines.length >= 1000) lines = flush(out, lines);
      }
      const step = (epoch + 1) * steps;
      const [time, logs] = [began + step * 20, logsAt((epoch + 1) / epochs)];
      lines.push({ event: "epoch", time, step, epoch, logs, rates: { learning_rate: rate }, seconds: steps / 50 });
      lines.push(saveOf(time, step, epoch + 1, logs.val_loss ?? logs.loss));
    }
    if (run % 10 !== 0)
      lines.push({ event: "stop", time: began + epochs * steps * 20, step: epochs * steps, why: "finished", by: null });
    flush(out, lines);
    closeSync(out);
    writeFileSync(join(path, `checkpoint-${String(epochs).padStart(6, "0")}-step-${epochs * steps}.pawl`), "");
  }
}

function flush(out, lines) {
  writeSync(out, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  return [];
}

function startOf(time, epochs, steps, rate, seed) {
  return {
    event: "start",
    time,
    step: 0,
    format: 1,
    kind: "fit",
    epoch: 0,
    batch: 0,
    resumes: false,
    turnsBack: false,
    parent: null,
    changes: [],
    seed,
    epochs,
    steps,
    pawl: "0.1.0",
    program: { path: "train.ts", args: ["--rate", String(rate)], pid: 4711, git: null },
    machine: { library: "onnxruntime 1.30.0", threads: "1", rules: "4", cpu: "x64 avx2", v8: "11.3" },
    config: {
      identity: {
        fit: { batchSize: 32, epochs, shuffle: true },
        compile: { optimizer: { class: "Adam", learning_rate: rate, beta_1: 0.9 }, loss: "mse", metrics: ["mae"] },
        shards: 1,
        seed,
      },
      model: { class_name: "Sequential", config: { name: "price", layers: [] } },
    },
  };
}

const saveOf = (time, step, epoch, score) => ({
  event: "save",
  time,
  step,
  epoch,
  batch: 0,
  file: `checkpoint-${String(epoch).padStart(6, "0")}-step-${step}.pawl`,
  bytes: 45_000,
  ms: 3,
  state: "0".repeat(64),
  chain: "f".repeat(64),
  finite: true,
  score,
});

/** Numbers in [0, 1) that are the same each time (mulberry32). */
function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

if (process.argv[1] === import.meta.filename) {
  const [folder, ...flags] = process.argv.slice(2);
  const shape = {};
  for (let i = 0; i < flags.length; i += 2) shape[flags[i].replace("--", "")] = Number(flags[i + 1]);
  makeRuns(folder, shape);
}

import { beforeAll, describe, expect, test } from "vitest";
import { emitProgram, type Finished, runNode } from "../support/run-ts.js";
import { scratch } from "./support.js";

/** Trains with all that makes resuming hard; the environment says what else it does. */
const PROGRAM = `
import { createHash } from "node:crypto";
import { callbacks, layers, loadModel, optimizers, random, Sequential, setRandomSeed } from "pawl";

const { LOAD, RUN, SIGNAL, AT, HOOK = "onTrainBatchEnd", OWN, TWICE, SEED = "5", SAVE } = process.env;
setRandomSeed(Number(SEED));
const x = random.normal([44, 6], { seed: 11 });
const y = random.integers(0, 3, [44], { seed: 12 });

function build() {
  const model = new Sequential([
    new layers.Dense(8, { activation: "relu", inputShape: [6] }),
    new layers.BatchNormalization(),
    new layers.Dropout(0.3),
    new layers.Dense(3, { activation: "softmax" }),
  ]);
  model.compile({
    optimizer: new optimizers.Adam({ learningRate: 0.01, gradientAccumulationSteps: 3 }),
    loss: "sparse_categorical_crossentropy",
    metrics: ["accuracy"],
  });
  return model;
}

if (OWN) process.on("SIGINT", () => console.log("own handler"));
let calls = 0;
const extra = [];
if (SIGNAL) {
  extra.push(new callbacks.LambdaCallback({
    [HOOK]: async () => {
      if (++calls !== Number(AT)) return;
      process.kill(process.pid, SIGNAL);
      if (TWICE) {
        setTimeout(() => process.kill(process.pid, SIGNAL), 50);
        await new Promise((resolve) => setTimeout(resolve, 5000));
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
    },
  }));
}
if (SAVE) extra.push(new callbacks.ModelCheckpoint(SAVE));
const model = LOAD ? await loadModel(LOAD) : build();
const history = await model.fit(x, y, {
  epochs: 3,
  batchSize: 8,
  verbose: 0,
  validationSplit: 0.1,
  callbacks: [new callbacks.ReduceLROnPlateau({ monitor: "loss", patience: 0, minDelta: 10 }), ...extra],
  ...(LOAD ? { resume: true } : {}),
  ...(RUN ? { run: { dir: RUN, every: { steps: 4 } } } : {}),
});
const hash = createHash("sha256");
for (const tensor of await model.getWeights()) hash.update(new Uint8Array(tensor.data.buffer, tensor.data.byteOffset, tensor.data.byteLength));
for (const entry of model.optimizer.variables) hash.update(String(entry.read().tolist()));
console.log(JSON.stringify({ interrupted: history.interrupted, history: history.history, digest: hash.digest("hex") }));
`;

let file = "";
let whole: unknown;

function run(env: NodeJS.ProcessEnv): Promise<Finished> {
  return runNode(file, scratch(), [], env);
}

function result({ stdout, stderr, code }: Finished): unknown {
  expect([code, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout.trim().split("\n").at(-1)!);
}

beforeAll(async () => {
  file = emitProgram("resume", PROGRAM);
  whole = result(await run({}));
});

describe("in a fresh process", () => {
  test.each([".h5", ".keras"])("training from a %s file continues bit for bit", async (extension) => {
    const folder = scratch();
    expect(result(await run({ SAVE: `${folder}/epoch_{epoch:02d}${extension}` }))).toEqual(whole);
    expect(result(await run({ LOAD: `${folder}/epoch_02${extension}`, SEED: "77" }))).toEqual(whole);
  });
});

describe("a signal", () => {
  test.each([
    ["SIGINT", 130, "onTrainBatchEnd", 7, "Stopped by SIGINT after step 7 (in epoch 2, batch 2 of 5)."],
    ["SIGTERM", 143, "onEpochEnd", 1, "Stopped by SIGTERM after step 5 (before epoch 2)."],
    ["SIGINT", 130, "onTestBatchBegin", 2, "Stopped by SIGINT after step 10 (in epoch 2, batch 5 of 5)."],
  ])("%s (exit code %i) in %s saves, says how to go on, and the run goes on", async (signal, code, hook, at, said) => {
    const folder = scratch();
    const stopped = await run({ RUN: `${folder}/run`, SIGNAL: signal, HOOK: hook, AT: String(at) });
    expect([stopped.code, stopped.stderr]).toEqual([code, ""]);
    expect(stopped.stdout).toContain(said);
    expect(stopped.stdout).toContain(`Everything is saved in ${folder}/run: start the same command again to go on.`);
    expect(result(await run({ RUN: `${folder}/run` }))).toEqual(whole);
  });

  test("leaves the process to a program with a handler of its own", async () => {
    const stopped = await run({ RUN: `${scratch()}/run`, SIGNAL: "SIGINT", AT: "7", OWN: "1" });
    expect(stopped.stdout).toContain("own handler");
    expect(result(stopped)).toMatchObject({ interrupted: true, history: { loss: [expect.any(Number)] } });
  });

  test("ends the process at once when it comes a second time", async () => {
    const stopped = await run({ RUN: `${scratch()}/run`, SIGNAL: "SIGINT", AT: "7", TWICE: "1" });
    expect([stopped.code, stopped.stdout]).toEqual([130, ""]);
  });

  test("without a durable target has its usual effect", async () => {
    const stopped = await run({ SIGNAL: "SIGINT", AT: "7" });
    expect([stopped.code, stopped.stdout]).toEqual([null, ""]);
  });
});

import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { emitProgram, runNode } from "../support/run-ts.js";

// Files are written by a thread of the bundled library, which receives states as plain data.
const PROGRAM = `
import { callbacks, layers, loadModel, random, Sequential, setRandomSeed } from "pawl";

const x = random.normal([10, 4], { seed: 1 });
const y = random.normal([10, 1], { seed: 2 });

/** Whole epochs, with best weights in a callback's state; and mid-epoch, with metrics in the state. */
async function train(ending: string): Promise<void> {
  setRandomSeed(3);
  const model = new Sequential([new layers.Dense(5, { inputShape: [4] }), new layers.Dropout(0.5), new layers.Dense(1)]);
  model.compile({ optimizer: "sgd", loss: "mse", metrics: ["mae"] });
  const stop = () => new callbacks.EarlyStopping({ monitor: "loss", patience: 9, restoreBestWeights: true });
  await model.fit(x, y, {
    epochs: 3,
    batchSize: 4,
    verbose: 0,
    callbacks: [
      stop(),
      new callbacks.ModelCheckpoint("epoch-{epoch}" + ending),
      new callbacks.ModelCheckpoint("batch-{epoch}-{batch}" + ending, { saveFreq: 2 }),
    ],
  });
  const loaded = await loadModel("epoch-2" + ending);
  await loaded.fit(x, y, { resume: true, epochs: 3, batchSize: 4, verbose: 0, callbacks: [stop()] });
  const middle = await loadModel("batch-2-1" + ending);
  await middle.fit(x, y, { resume: true, epochs: 3, batchSize: 4, verbose: 0, callbacks: [stop()] });
  for (const one of [loaded, middle]) {
    console.log(JSON.stringify(await one.getWeights()) === JSON.stringify(await model.getWeights()));
  }
}

await train(".keras");
await train(".h5");
`;

test("a thread writes states of callbacks and metrics, in every format", async () => {
  const folder = mkdtempSync(join(tmpdir(), "pawl-thread-"));
  const { stdout, stderr, code } = await runNode(emitProgram("saving-thread", PROGRAM), folder);
  expect({ stdout, stderr, code }).toEqual({ stdout: "true\n".repeat(4), stderr: "", code: 0 });
  for (const ending of [".keras", ".h5"]) {
    const files = readdirSync(folder).filter((name) => name.endsWith(ending));
    const batches = ["1-2", "2-1", "2-3", "3-2"].map((name) => `batch-${name}${ending}`);
    expect(files.sort()).toEqual([...batches, ...[1, 2, 3].map((epoch) => `epoch-${epoch}${ending}`)]);
  }
});

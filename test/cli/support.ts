import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { emitProgram, type Finished, ROOT, runNode } from "../support/run-ts.js";

const CLI = join(ROOT, "dist/cli.js");

/** Runs `pawl` as a shell would, in a fresh process. */
export function pawl(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Finished> {
  return runNode(CLI, cwd, args, env);
}

/** Runs `pawl` with --json, and parses the output. */
export async function pawlJson<T>(cwd: string, args: readonly string[]): Promise<{ code: number | null; json: T }> {
  const { code, stdout, stderr } = await pawl(cwd, [...args, "--json"]);
  try {
    return { code, json: JSON.parse(stdout) as T };
  } catch {
    throw new Error(`no JSON: ${stdout}${stderr}`);
  }
}

/** The training of the programs in these tests. */
export const TRAINING = `
import { callbacks, layers, loadModel, random, Sequential, setRandomSeed } from "pawl";

const x = random.normal([60, 4], { seed: 2 });
const y = random.normal([60, 1], { seed: 3 });
function build() {
  setRandomSeed(1);
  const model = new Sequential([
    new layers.Dense(8, { activation: "relu", inputShape: [4] }),
    new layers.Dropout(0.2),
    new layers.Dense(1),
  ], { name: "price" });
  model.compile({ optimizer: "adam", loss: "mse", metrics: ["mae"] });
  return model;
}
const OPTIONS = { epochs: 3, batchSize: 20, verbose: 0 };
`;

const WORLD = `${TRAINING}
const whole = build();
const watch = new callbacks.EarlyStopping({ monitor: "loss", patience: 9 });
await whole.fit(x, y, { ...OPTIONS, run: { dir: "runs/price", keep: 9 }, callbacks: [watch] });
await whole.save("price.keras");
await whole.save("price.h5");
await whole.saveWeights("price.weights.h5");

class Death extends callbacks.Callback {
  steps = 0;
  async onTrainBatchBegin(batch, logs, context) {
    await context.flush();
    if (this.steps++ === 5) throw new Error("killed");
  }
}
const cut = build().fit(x, y, { ...OPTIONS, run: { dir: "runs/cut", keep: 9, every: { steps: 2 } }, callbacks: [new Death()] });
await cut.catch((error) => { if (error.message !== "killed") throw error; });
`;

/** A sweep over the same training, for `pawl sweep search.mjs`; in a process at a time its lines have one order. */
const SEARCH = `${TRAINING}
import { optimizers, sweeps } from "pawl";
export default sweeps.define({
  dir: "sweeps/price",
  parameters: { learningRate: sweeps.choice([0.1, 0.001]) },
  searcher: "grid",
  objective: "val_mae",
  epochs: 3,
  workers: 1,
  async train({ parameters, epochs, run }) {
    const model = build();
    model.compile({ optimizer: new optimizers.Adam(parameters), loss: "mse", metrics: ["mae"] });
    await model.fit(x, y, { ...OPTIONS, validationSplit: 0.25, epochs, run });
  },
});
`;

/**
 * A folder with a finished run ("runs/price"), one that died in the second epoch ("runs/cut"), and the finished model
 * as files; and a sweep, "search.mjs".
 */
export async function makeWorld(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "pawl-cli-"));
  await runProgram("cli-world", WORLD, folder);
  const search = pathToFileURL(emitProgram("cli-search", SEARCH)).href;
  writeFileSync(join(folder, "search.mjs"), `export { default } from ${JSON.stringify(search)};\n`);
  return folder;
}

/** Runs a program that imports "pawl". */
export async function runProgram(name: string, source: string, folder: string): Promise<string> {
  const { code, stdout, stderr } = await runNode(emitProgram(name, source), folder);
  if (code !== 0) throw new Error(stdout + stderr);
  return stdout;
}

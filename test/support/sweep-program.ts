/**
 * A sweep over a tiny model with dropout and Adam, a save after every step. Prints a digest of all that it found.
 *
 * Arguments: folder, kind (whole, halving, population, grid), trials, epochs, workers. THROWS: the trial whose training throws;
 * NAN: the one whose loss is no number; KILLS: the one whose process kills itself, TIMES often.
 */
export const SWEEP_PROGRAM: string = `
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { layers, optimizers, random, Sequential, sweep, sweeps } from "pawl";

const [dir, kind, trials, epochs, workers] = process.argv.slice(2);
const { THROWS, NAN, KILLS, TIMES = "1", RETRIES = "2" } = process.env;
const x = random.normal([32, 4], { seed: 11 });
const y = random.integers(0, 3, [32], { seed: 12 });
const { choice, logUniform, uniform } = sweeps;
const schedulers = {
  whole: null,
  grid: null,
  halving: new sweeps.SuccessiveHalving({ reduction: 2 }),
  population: new sweeps.PopulationBased({ mutate: ["learningRate", "dropout"] }),
};

const result = await sweep({
  dir,
  parameters: kind === "grid"
    ? { units: choice([2, 3]), learningRate: choice([0.01, 0.1]), dropout: choice([0.2]) }
    : { units: choice([2, 3, 4]), learningRate: logUniform(1e-3, 1e-1), dropout: uniform(0.1, 0.5) },
  trials: kind === "grid" ? null : Number(trials),
  epochs: Number(epochs),
  searcher: kind === "grid" ? "grid" : "random",
  scheduler: schedulers[kind],
  workers: Number(workers),
  retries: Number(RETRIES),
  seed: 5,
  async train(trial) {
    const { units, learningRate, dropout } = trial.parameters;
    if (String(trial.number) === THROWS) throw new Error("this trial throws");
    if (String(trial.number) === KILLS) {
      const marks = trial.run.dir + ".marks";
      if (!existsSync(marks) || readFileSync(marks).length < Number(TIMES)) {
        appendFileSync(marks, "x");
        process.kill(process.pid, "SIGKILL");
      }
    }
    const model = new Sequential([
      new layers.Dense(units, { activation: "relu", inputShape: [4] }),
      new layers.Dropout(dropout),
      new layers.Dense(3, { activation: "softmax" }),
    ]);
    model.compile({ optimizer: new optimizers.Adam({ learningRate }), loss: "sparse_categorical_crossentropy", metrics: ["accuracy"] });
    await model.fit(x, y, { epochs: trial.epochs, run: { ...trial.run, every: { steps: 1 } }, batchSize: 8, validationSplit: 0.25, verbose: 2 });
    if (String(trial.number) === NAN) return { val_loss: NaN };
  },
});
console.log("begins");
console.log(result.table());
const told = result.trials.map(({ parameters, value, status, message, epochs, step, state, parent }) =>
  ({ parameters, value, status, message, epochs, step, state, parent }));
console.log("best " + result.best.number);
console.log("trials " + JSON.stringify(told));
console.log("digest " + createHash("sha256").update(JSON.stringify([result.best.number, told])).digest("hex"));
`;

import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type SweepOptions, sweep, sweeps } from "../../src/index.js";
import { emitProgram } from "../support/run-ts.js";
import { scratch } from "./support.js";

const { choice, integer, logUniform, uniform, Grid, PopulationBased, SuccessiveHalving } = sweeps;

const options = (more: object = {}): SweepOptions =>
  ({
    dir: join(scratch(), "a"),
    parameters: { units: choice([8, 16]) },
    trials: 2,
    verbose: 0,
    train: async () => undefined,
    ...more,
  }) as SweepOptions;

const said = (more: object): Promise<string> =>
  sweep(options(more)).then(
    () => "nothing",
    (error: Error) => error.message.replace(/"[^"]*pawl-sweep-[^"]*\//g, '"'),
  );

test("what is wrong is said before anything is trained", async () => {
  expect(await said({ parameters: {} })).toBe(
    "sweep.parameters has nothing to search through. Received: {}. Expected: an object with a range for each parameter, " +
      "at least one. Give e.g. { learningRate: sweeps.logUniform(1e-4, 1e-1) }.",
  );
  expect(await said({ parameters: { units: [8, 16] } })).toBe(
    "sweep.parameters.units is no range. Received: [8, 16]. Expected: what sweeps.choice, integer, uniform or logUniform " +
      "returns. Did you mean units: sweeps.choice([8, 16])?",
  );
  expect(await said({ trial: 3 })).toMatch(/^sweep has no option "trial"\..* Did you mean "trials"\?$/);
  expect(await said({ workers: 0 })).toMatch(/^sweep.workers must be an integer >= 1\. Received: 0\./);
  expect(await said({ trials: null })).toBe(
    "sweep is not told how many trials to make, and its searcher has no last one. Expected: trials. Give e.g. trials: 16, " +
      'or search through all combinations: searcher: "grid".',
  );
  expect(await said({ searcher: "grdi" })).toMatch(/"random", "grid" or an object with ask and getConfig/);
  expect(await said({ parameters: { rate: uniform(0, 1) }, searcher: new Grid() })).toBe(
    'A grid needs the values of "rate" one by one. Received: uniform(0, 1). Expected: choice([…]), or integer(min, max) with ' +
      'at most 10000 values. List them: rate: sweeps.choice([…]), or search at random: searcher: "random".',
  );
  expect(await said({ epochs: 2, scheduler: new SuccessiveHalving({ minEpochs: 3 }) })).toBe(
    "sweep has fewer epochs than the first rung of SuccessiveHalving. Received: epochs: 2, minEpochs: 3. Expected: at least " +
      "as many epochs as minEpochs. Give epochs: 27, or a smaller minEpochs.",
  );
  expect(await said({ trials: 1, epochs: 4, scheduler: new PopulationBased() })).toMatch(
    /^sweep is too small for PopulationBased\. Received: epochs: 4, every: 1, trials: 1\. Expected: .* two trials/,
  );
  expect(await said({ epochs: 4, scheduler: new PopulationBased({ mutate: ["unit"] }) })).toMatch(
    /has no option "unit"\. Expected: one of units\. Did you mean "units"\?$/,
  );
  expect(await said({ objective: "score" })).toBe(
    'sweep cannot tell whether more or less of "score" is better. Pass mode: "max" or mode: "min".',
  );
  expect(
    await said({ searcher: { batch: null, getConfig: () => ({ className: "Own" }), ask: () => ({ unit: 3 }) } }),
  ).toBe(
    "The searcher Own does not give trial 0 the parameters of the sweep. Received: unit. Expected: units. Let ask return an " +
      "object with a value for each of them, or null when there are no more trials.",
  );
});

test("ranges say what they need", () => {
  for (const make of [
    () => choice([]),
    () => choice([1, 1]),
    () => choice([{} as never]),
    () => integer(3, 3),
    () => integer(1.5, 3),
    () => uniform(1, 0),
    () => uniform(0, Infinity),
    () => logUniform(0, 1),
  ])
    expect(make).toThrow(/Received: /);
});

test("a direction follows from the name of a metric, also of one output and of validation", async () => {
  const { directionOf } = await import("../../src/sweep/objective.js");
  const cases = {
    val_loss: "min",
    val_accuracy: "max",
    out_auc: "max",
    val_left_out_mae: "min",
    mse: "min",
    lossy_f1_score: "max",
  };
  for (const [key, direction] of Object.entries(cases)) expect(directionOf(key, "auto")).toBe(direction);
  expect(directionOf("score", "max")).toBe("max");
});

const recorded = (dir: string, parameters: object = { units: "choice([8,16])" }): void => {
  mkdirSync(dir, { recursive: true });
  const identity = {
    parameters,
    objective: "val_loss",
    mode: "min",
    trials: 2,
    epochs: 1,
    searcher: { className: "Grid" },
    scheduler: { className: "Whole" },
    seed: 0,
    "text of train": "b8dbd8f6b0f7c1f6",
  };
  writeFileSync(join(dir, "sweep.jsonl"), `${JSON.stringify({ event: "sweep", format: 1, identity })}\n`);
};
const end = (trial: number, more: object = {}): string =>
  `${JSON.stringify({
    event: "end",
    end: {
      ...{
        trial,
        stage: 0,
        parameters: { units: [8, 16][trial] },
        run: `trial-000${trial}`,
        parent: null,
        value: 1 - trial / 2,
      },
      ...{ message: null, epochs: 1, trained: 1, step: 4, stopped: false, file: null, state: null, ...more },
    },
  })}\n`;

test("another sweep in the folder is refused with what differs, and goes on when that is accepted", async () => {
  const dir = join(scratch(), "a");
  recorded(dir, { units: "choice([8,16,32])" });
  appendFileSync(join(dir, "sweep.jsonl"), end(0) + end(1));
  expect(await said({ dir, searcher: "grid" })).toMatch(
    /^The sweep in "a" was begun with other options, and its results would not be those of one sweep\. Received: parameters\.units: was "choice\(\[8,16,32\]\)", is "choice\(\[8,16\]\)"; text of train: was .*\. Give the old options, or another folder, or go on with these in this folder: onChange: "accept"\.$/,
  );
  const { best, trials } = await sweep(options({ dir, searcher: "grid", onChange: "accept" }));
  expect([best.number, trials.length]).toEqual([1, 2]);
  // What cannot be is refused all the same.
  const other = { dir, searcher: "grid", onChange: "accept", parameters: { units: choice([16, 8]) } };
  expect(await said(other)).toBe(
    'The sweep in "a" has another trial 0 than it would have now. Received: {"units":16} for 1 epochs. Expected: what is ' +
      'recorded: {"units":8} for 1 epochs. Give the old options, or another folder.',
  );
});

test("lines that were cut, and unknown ones, are passed over", async () => {
  const dir = join(scratch(), "a");
  recorded(dir);
  const file = join(dir, "sweep.jsonl");
  appendFileSync(file, `{"event":"later","what":1}\n[3]\n${end(0)}{"event":"end","end":{"tri\n${end(1)}`);
  const { best } = await sweep(options({ dir, searcher: "grid", onChange: "accept" }));
  expect(best.number).toBe(1);
});

test("when all trials have failed, the first failure is the message", async () => {
  const dir = join(scratch(), "a");
  recorded(dir);
  appendFileSync(
    join(dir, "sweep.jsonl"),
    end(0, { value: null, message: "units is not defined" }) + end(1, { value: null, message: "later" }),
  );
  expect(await said({ dir, searcher: "grid", onChange: "accept" })).toBe(
    'No trial of the sweep in "a" has ended well. Received: units is not defined. Expected: a trial with a finite "val_loss". ' +
      "Mend train and start again with retryFailed: true, or with another folder.",
  );
});

test("a fork whose parent is gone says how to keep it", async () => {
  const dir = join(scratch(), "a");
  recorded(dir);
  appendFileSync(join(dir, "sweep.jsonl"), end(0) + end(1));
  const more = { epochs: 2, workers: 1, scheduler: new PopulationBased(), program: "/nothing.mjs" };
  expect(await said({ dir, searcher: "grid", onChange: "accept", ...more })).toMatch(
    /^"trial-0000-1" cannot begin from "trial-0001@4"\. Received: a folder without that checkpoint\..* Keep it: /,
  );
});

/** A sweep whose trials are processes of another program. */
const trained = (name: string, train: string, more: object = {}): Promise<string> => {
  const dir = join(scratch(), "a");
  const program = emitProgram(
    `sweep-${name}`,
    `import { layers, random, Sequential, sweep, sweeps } from "pawl";
    const x = random.normal([8, 2], { seed: 1 });
    const model = new Sequential([new layers.Dense(1, { inputShape: [2] })]);
    model.compile({ optimizer: "sgd", loss: "mse" });
    await sweep({ dir: ${JSON.stringify(dir)}, parameters: { units: sweeps.choice([8, 16]) }, trials: 2, train: async (trial) => { ${train} } });`,
  );
  return said({ dir, program, workers: 1, ...more });
};

test("mistakes in train end the sweep with how to mend them", async () => {
  const fit =
    "await model.fit(x, x.data.length ? random.normal([8, 1], { seed: 2 }) : x, { verbose: 0, epochs: trial.epochs, run: trial.run });";
  const [nothing, key, length, exit, throws] = await Promise.all([
    trained("nothing", ""),
    trained("key", fit, { objective: "val_loss" }),
    trained("length", fit.replace("trial.epochs", "3"), { objective: "loss" }),
    trained("exit", "process.exit(0);"),
    trained("throws", 'throw new Error("out of luck");', { onFailure: "stop" }),
  ]);
  expect(nothing).toBe(
    'train has returned, and has trained nothing in "trial-0000". Expected: a training in the folder of the trial. Give it to ' +
      "fit: fit(x, y, { epochs: trial.epochs, run: trial.run }), or to openRun.",
  );
  expect(key).toBe(
    'sweep looks for the best "val_loss", which the training does not have. Expected: one of "loss". Give fit validationData ' +
      'or validationSplit, or objective: "loss".',
  );
  expect(length).toBe(
    "train has trained trial 0 for 3 epochs. Expected: 1, as trial.epochs says. Give it to fit: fit(x, y, { epochs: " +
      "trial.epochs, run: trial.run }).",
  );
  expect(exit).toMatch(
    /^The process of trial 0 ended before train had returned\. Received: a program that ended with code 0\./,
  );
  expect(throws).toBe(
    'Trial 0 failed, and the sweep ends, as onFailure: "stop" says. Received: out of luck. See what it printed: ' +
      "trial-0000/output.txt.",
  );
}, 60_000);

test("a train that leaves the fork out is refused", async () => {
  const fit =
    'const model = new Sequential([new layers.Dense(1, { inputShape: [2] })]); model.compile({ optimizer: "sgd", loss: "mse" }); ' +
    "await model.fit(x, random.normal([8, 1], { seed: 2 }), { verbose: 0, epochs: trial.epochs, run: trial.run.dir });";
  const dir = join(scratch(), "a");
  const program = emitProgram(
    "sweep-unforked",
    `import { layers, random, Sequential, sweep, sweeps } from "pawl";
    const x = random.normal([8, 2], { seed: 1 });
    await sweep({ dir: ${JSON.stringify(dir)}, parameters: { units: sweeps.choice([8, 16]) }, trials: 2, objective: "loss", epochs: 2,
      scheduler: new sweeps.PopulationBased(), train: async (trial) => { ${fit} } });`,
  );
  const more = { objective: "loss", epochs: 2, workers: 1, scheduler: new PopulationBased() };
  expect(await said({ dir, program, ...more })).toMatch(
    /^train has trained "trial-000\d-1" from the start\. Expected: a fork of "trial-000\d@1", as trial\.run says\. Give fit /,
  );
}, 60_000);

test("a folder is held by one sweep at a time", async () => {
  const { Lock } = await import("../../src/store/index.js");
  const { nodeVfs } = await import("../../src/core/vfs-node.js");
  const dir = scratch();
  const lock = await Lock.take(nodeVfs(), dir);
  expect(await said({ dir })).toMatch(/is in use by process \d+ on /);
  await lock.release();
});

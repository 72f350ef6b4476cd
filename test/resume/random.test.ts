import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { callbacks, layers, loadModel, type Model, Sequential, setRandomSeed, Tensor } from "../../src/index.js";
import * as random from "../../src/random/index.js";

/** Number of random trainings. A failure prints its seed; PAWL_RANDOM_SEED tries it again. */
const RUNS = Number(process.env["PAWL_RANDOM_TRAININGS"] ?? 25);
const SEED = process.env["PAWL_RANDOM_SEED"];

const HOOKS = [
  "onTrainBegin",
  "onEpochBegin",
  "onTrainBatchBegin",
  "onTrainBatchEnd",
  "onTestBegin",
  "onTestBatchBegin",
  "onTestBatchEnd",
  "onTestEnd",
  "onEpochEnd",
  "onTrainEnd",
] as const;

const TRAINING = fc.record({
  layer: fc.constantFrom("dense", "dropout", "batchNorm", "noise"),
  optimizer: fc.constantFrom("sgd", "adam", "rmsprop", "nadam", "averaged", "accumulating", "scheduled"),
  loss: fc.constantFrom("mse", "mae", "log_cosh"),
  rows: fc.integer({ min: 5, max: 13 }),
  batchSize: fc.integer({ min: 1, max: 5 }),
  epochs: fc.integer({ min: 1, max: 3 }),
  shuffle: fc.constantFrom(true, false, "batch" as const),
  validation: fc.constantFrom("none", "split", "data"),
  stepsPerEpoch: fc.option(fc.integer({ min: 1, max: 4 })),
  data: fc.constantFrom("arrays", "generator", "weighted"),
  stepsPerExecution: fc.integer({ min: 1, max: 2 }),
  shards: fc.integer({ min: 1, max: 2 }),
  own: fc.subarray(["counter", "decay", "stopping", "plateau"] as const),
});
type Training = typeof TRAINING extends fc.Arbitrary<infer T> ? T : never;

/** How a training is interrupted: by resuming from a save, or by a hook that throws. */
const STOP = fc.record({
  hook: fc.constantFrom(...HOOKS),
  nth: fc.integer({ min: 1, max: 4 }),
  how: fc.constantFrom("save", "throw", "throw and save", "timer"),
  first: fc.boolean(),
});
type Stop = typeof STOP extends fc.Arbitrary<infer T> ? T : never;

/** Counts hooks of every kind and logs the counts, so that a hook that is missed or runs twice shows. */
class Counter extends callbacks.Callback {
  static readonly className = "Counter";
  readonly seen = { batches: 0, tests: 0 };
  override onTrainBatchBegin(): void {
    this.seen.batches += 1;
  }
  override onTrainBatchEnd(): void {
    this.seen.batches += 100;
  }
  override onTestBatchEnd(): void {
    this.seen.tests += 1;
  }
  override onEpochEnd(_epoch: number, logs: Record<string, number>): void {
    logs["counted"] = this.seen.batches + this.seen.tests / 1000;
  }
  override getState() {
    return { json: this.seen, tensors: {} };
  }
  override setState({ json }: { readonly json: unknown }): void {
    Object.assign(this.seen, json);
  }
}

/** Hooks that change the model: their effect must be there exactly once. */
class Decay extends callbacks.Callback {
  static readonly className = "Decay";
  override async onTrainBatchBegin(batch: number): Promise<void> {
    if (batch % 2 === 1) await this.#scale();
  }
  override async onTrainBatchEnd(batch: number): Promise<void> {
    if (batch % 2 === 0) await this.#scale();
  }
  override async onEpochEnd(): Promise<void> {
    await this.#scale();
    const rate = this.model.optimizer;
    if (!rate.hasSchedule) rate.learningRate.assign(rate.learningRate.numpy() * 0.9);
  }
  async #scale(): Promise<void> {
    const weights = await this.model.getWeights();
    await this.model.setWeights(
      weights.map(
        ({ data, shape }) =>
          new Tensor(
            Float32Array.from(data as Float32Array, (value) => value * 0.99),
            shape,
          ),
      ),
    );
  }
}

class OnPurpose extends Error {}

const dir = mkdtempSync(join(tmpdir(), "pawl-random-"));
let files = 0;

function build({ layer, optimizer, loss, stepsPerExecution, shards }: Training): Sequential {
  setRandomSeed(7);
  const middle = {
    dense: () => new layers.Dense(2, { name: "m", activation: "tanh" }),
    dropout: () => new layers.Dropout(0.5, { name: "m" }),
    batchNorm: () => new layers.BatchNormalization({ name: "m" }),
    noise: () => new layers.GaussianNoise(0.1, { name: "m" }),
  }[layer]();
  const model = new Sequential(
    [new layers.Dense(3, { inputShape: [2], name: "a" }), middle, new layers.Dense(1, { name: "z" })],
    { name: "model" },
  );
  const config = {
    averaged: { class_name: "SGD", config: { learning_rate: 0.05, use_ema: true, ema_momentum: 0.5 } },
    accumulating: { class_name: "Adam", config: { learning_rate: 0.01, gradient_accumulation_steps: 2 } },
    scheduled: {
      class_name: "SGD",
      config: {
        momentum: 0.9,
        learning_rate: {
          class_name: "ExponentialDecay",
          config: { initial_learning_rate: 0.1, decay_steps: 3, decay_rate: 0.7 },
        },
      },
    },
  };
  const chosen = Object.hasOwn(config, optimizer) ? config[optimizer as keyof typeof config] : optimizer;
  model.compile({ optimizer: chosen as "sgd", loss, metrics: ["mae"], stepsPerExecution, shards });
  return model;
}

function callbacksOf({ own, validation, optimizer }: Training): callbacks.Callback[] {
  const monitor = validation === "none" ? "loss" : "val_loss";
  const made = {
    counter: () => new Counter(),
    decay: () => new Decay(),
    stopping: () => new callbacks.EarlyStopping({ monitor, patience: 1, restoreBestWeights: true }),
    plateau: () => new callbacks.ReduceLROnPlateau({ monitor, patience: 0, minDelta: 10 }),
  };
  // A callback cannot lower a rate that a schedule computes.
  return own.filter((name) => name !== "plateau" || optimizer !== "scheduled").map((name) => made[name]());
}

function train(model: Model, training: Training, more: { callbacks: callbacks.Callback[]; resume?: boolean }) {
  const { rows, batchSize, epochs, shuffle, validation, data } = training;
  const [x, y] = [random.normal([rows, 2], { seed: 1 }), random.normal([rows, 1], { seed: 2 })];
  const other = [random.normal([5, 2], { seed: 3 }), random.normal([5, 1], { seed: 4 })] as const;
  const steps = training.stepsPerEpoch === null ? {} : { stepsPerEpoch: training.stepsPerEpoch };
  const common = { epochs, verbose: 0, ...steps, ...more } as const;
  if (data === "generator") {
    const batches = function* () {
      for (let i = 0; i < rows; i += batchSize)
        yield [x.slice(i, Math.min(i + batchSize, rows)), y.slice(i, Math.min(i + batchSize, rows))] as const;
    };
    return model.fit(batches, { ...common, ...(validation === "none" ? {} : { validationData: other }) });
  }
  return model.fit(x, y, {
    ...common,
    batchSize,
    shuffle,
    ...(data === "weighted" ? { sampleWeight: random.uniform([rows], { seed: 5 }) } : {}),
    ...(validation === "split" ? { validationSplit: 0.4 } : {}),
    ...(validation === "data" ? { validationData: other } : {}),
  });
}

/** Everything that must be the same. */
function whole(model: Model, history: { readonly epoch: readonly number[]; readonly history: object }): string {
  const numbers = (data: unknown): string => Buffer.from((data as Float32Array).slice().buffer).toString("base64");
  return JSON.stringify([
    history.epoch,
    history.history,
    model.weights.map((weight) => numbers(weight.read().data)),
    model.optimizer.variables.map((entry) => numbers(entry.read().data)),
  ]);
}

async function uninterrupted(training: Training): Promise<string> {
  const model = build(training);
  return whole(model, await train(model, training, { callbacks: callbacksOf(training) }));
}

/** The same training, stopped or saved somewhere and resumed; null if it never got there. */
async function resumed(training: Training, { hook, nth, how, first }: Stop): Promise<string | null> {
  const model = build(training);
  const path = join(dir, `${++files}.keras`);
  let count = 0;
  let saving: Promise<void> | null = null;
  const stopper = new callbacks.LambdaCallback({
    [hook]: async () => {
      if (++count !== nth) return;
      if (how === "timer") {
        setTimeout(() => (saving = model.save(path)));
        return;
      }
      if (how === "save") await model.save(path);
      else throw new OnPurpose();
    },
  });
  const own = callbacksOf(training);
  const done = train(model, training, { callbacks: first ? [stopper, ...own] : [...own, stopper] });
  if (how === "save" || how === "timer") {
    await done;
    if (how === "timer") await new Promise((resolve) => setTimeout(resolve, 1));
    await saving;
    if (count < nth) return null;
  } else {
    const failure = await done.then(
      () => null,
      (error: unknown) => error,
    );
    if (failure === null) return null;
    if (!(failure instanceof OnPurpose)) throw failure;
  }
  if (how === "throw and save") await model.save(path);
  const next = how === "throw" ? model : await loadModel(path);
  return whole(next, await train(next, training, { callbacks: callbacksOf(training), resume: true }));
}

test(`${RUNS} random trainings, stopped anywhere and resumed, end as if never stopped`, async () => {
  // Some have data that ends before stepsPerEpoch, which warns.
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
  await fc.assert(
    fc.asyncProperty(TRAINING, STOP, async (training, stop) => {
      const went = await resumed(training, stop);
      if (went !== null) expect(went).toBe(await uninterrupted(training));
    }),
    { numRuns: RUNS, ...(SEED === undefined ? { seed: 20_261_129 } : { seed: Number(SEED) }) },
  );
}, 600_000);

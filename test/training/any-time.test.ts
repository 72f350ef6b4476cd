import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { callbacks, layers, loadModel, Sequential, StateError, setRandomSeed, type Tensor } from "../../src/index.js";
import * as random from "../../src/random/index.js";

const dir = mkdtempSync(join(tmpdir(), "pawl-any-time-"));
const x = random.normal([12, 3], { seed: 1 });
const y = random.normal([12, 1], { seed: 2 });
const other = random.normal([12, 3], { seed: 3 });
const OPTIONS = { batchSize: 4, verbose: 0 } as const;

interface Pair {
  readonly model: Sequential;
  /** Shares the layers of the other. */
  readonly sharing: Sequential;
  /** The initial weights. */
  readonly start: readonly Tensor[];
}

function make(): Pair {
  setRandomSeed(4);
  const body = [new layers.Dense(4, { inputShape: [3], name: "a" }), new layers.Dropout(0.5, { name: "b" })];
  const model = new Sequential([...body, new layers.Dense(1, { name: "c" })], { name: "model" });
  const sharing = new Sequential([...body, new layers.Dense(1, { name: "d" })], { name: "sharing" });
  model.compile({ optimizer: "adam", loss: "mse", metrics: ["mae"] });
  sharing.compile({ optimizer: "adam", loss: "mse" });
  return { model, sharing, start: model.weights.map((weight) => weight.read()) };
}

let files = 0;
const file = (ending: string): string => join(dir, `${++files}${ending}`);
const saved = join(dir, "saved.weights.h5");
await make().model.saveWeights(saved);

interface Method {
  readonly call: (pair: Pair) => unknown;
  /** "reads": does not affect others. "writes": does. "alone": is refused while the model trains. */
  readonly kind: "reads" | "writes" | "alone";
}

const METHODS: Readonly<Record<string, Method>> = {
  fit: { kind: "alone", call: ({ model }) => model.fit(x, y, { ...OPTIONS, epochs: 2, validationData: [other, y] }) },
  trainOnBatch: { kind: "alone", call: ({ model }) => model.trainOnBatch(x, y) },
  compile: { kind: "alone", call: ({ model }) => model.compile({ optimizer: "adam", loss: "mae" }) },
  loadWeights: { kind: "alone", call: ({ model }) => model.loadWeights(saved) },
  "fit of a model with its layers": { kind: "alone", call: ({ sharing }) => sharing.fit(x, y, OPTIONS) },
  evaluate: { kind: "reads", call: ({ model }) => model.evaluate(other, y, OPTIONS) },
  testOnBatch: { kind: "reads", call: ({ model }) => model.testOnBatch(x, y) },
  predict: { kind: "reads", call: ({ model }) => model.predict(x, OPTIONS) },
  predictBatches: {
    kind: "reads",
    call: async ({ model }) => {
      const rows: unknown[] = [];
      for await (const part of model.predictBatches(x, OPTIONS)) rows.push(part);
      return rows;
    },
  },
  predictOnBatch: { kind: "reads", call: ({ model }) => model.predictOnBatch(other) },
  save: { kind: "reads", call: ({ model }) => model.save(file(".keras")) },
  saveWeights: { kind: "reads", call: ({ model }) => model.saveWeights(file(".weights.h5")) },
  getWeights: { kind: "reads", call: ({ model }) => model.getWeights() },
  summary: { kind: "reads", call: ({ model }) => model.summary({ printFn: () => undefined }).length },
  "evaluate of a model with its layers": { kind: "reads", call: ({ sharing }) => sharing.evaluate(x, y, OPTIONS) },
  resetMetrics: { kind: "writes", call: ({ model }) => model.resetMetrics() },
  setWeights: { kind: "writes", call: ({ model, start }) => model.setWeights(start) },
  "loadWeights without optimizer": {
    kind: "writes",
    call: ({ model }) => model.loadWeights(saved, { optimizer: false }),
  },
  "learningRate.assign": { kind: "writes", call: ({ model }) => model.optimizer.learningRate.assign(0.01) },
  "trainOnBatch of a model with its layers": { kind: "writes", call: ({ sharing }) => sharing.trainOnBatch(x, y) },
};
/** What must never be in a model that is still used. */
const dispose: Method = { kind: "alone", call: ({ model }) => model.dispose() };
const NAMES = Object.keys(METHODS);

/** The outcome of a call as text: its result, or the code of a StateError. Other errors are thrown. */
async function outcome(name: string, pair: Pair): Promise<string> {
  try {
    const result = await METHODS[name]!.call(pair);
    return text(result);
  } catch (error) {
    if (error instanceof StateError) return `StateError ${error.code}`;
    throw error;
  }
}

function text(result: unknown): string {
  const history = result as { epoch?: unknown; history?: unknown } | undefined;
  if (history?.history !== undefined) return JSON.stringify([history.epoch, history.history]);
  return String(
    JSON.stringify(result, (_, value) => (ArrayBuffer.isView(value) ? [...(value as Float32Array)] : value)),
  );
}

const weightsOf = async ({ model }: Pair): Promise<string> => text(await model.getWeights());

const alone = new Map<string, { readonly result: string; readonly weights: string }>();
for (const name of NAMES) {
  const pair = make();
  alone.set(name, { result: await outcome(name, pair), weights: await weightsOf(pair) });
}

describe("two calls at once", () => {
  test.each(NAMES)("%s beside each method", async (first) => {
    const wrong: string[] = [];
    for (const second of NAMES) {
      const pair = make();
      const [a, b] = await Promise.all([outcome(first, pair), outcome(second, pair)]);
      const reads = (name: string): boolean => METHODS[name]!.kind === "reads";
      // A call that reads does not change the other's outcome: each gives what it gives alone.
      if (reads(second) && a !== alone.get(first)!.result) wrong.push(`${second} changes ${first}: ${a}`);
      if (reads(first) && reads(second) && b !== alone.get(second)!.result) wrong.push(`${second}: ${b}`);
      if (reads(second) && (await weightsOf(pair)) !== alone.get(first)!.weights) wrong.push(`weights, ${second}`);
    }
    expect(wrong).toEqual([]);
  });
});

const HOOKS = [
  "onTrainBegin",
  "onTrainEnd",
  "onEpochBegin",
  "onEpochEnd",
  "onTrainBatchBegin",
  "onTrainBatchEnd",
  "onTestBegin",
  "onTestEnd",
  "onTestBatchBegin",
  "onTestBatchEnd",
] as const;

describe("inside a hook of a running fit", () => {
  test.each(HOOKS)("%s: each method works at once or is refused, and reading changes nothing", async (hook) => {
    for (const name of NAMES) {
      const pair = make();
      const seen: string[] = [];
      const callback = new callbacks.LambdaCallback({ [hook]: async () => void seen.push(await outcome(name, pair)) });
      const history = await pair.model.fit(x, y, {
        ...OPTIONS,
        epochs: 2,
        validationData: [other, y],
        callbacks: callback,
      });
      const { kind } = METHODS[name]!;
      expect(seen.length, name).toBeGreaterThan(0);
      const refused = seen.filter((result) => result.startsWith("StateError"));
      expect(refused.length, `${name}: ${refused[0]}`).toBe(kind === "alone" ? seen.length : 0);
      if (kind === "writes") continue;
      expect([text(history), await weightsOf(pair)], name).toEqual([
        alone.get("fit")!.result,
        alone.get("fit")!.weights,
      ]);
    }
  });
});

test("a save in a hook writes the last cut: a training resumed from it ends as if never stopped", async () => {
  for (const hook of HOOKS) {
    const pair = make();
    const paths: string[] = [];
    const callback = new callbacks.LambdaCallback({
      [hook]: async () => {
        paths.push(file(".keras"));
        await pair.model.save(paths.at(-1)!);
      },
    });
    const options = { ...OPTIONS, epochs: 2, validationData: [other, y] as const };
    await pair.model.fit(x, y, { ...options, callbacks: callback });
    for (const path of [paths[0]!, paths.at(-1)!]) {
      const loaded = await loadModel(path);
      const history = await loaded.fit(x, y, { ...options, resume: true });
      expect([hook, text(history)]).toEqual([hook, alone.get("fit")!.result]);
      expect([hook, text(await loaded.getWeights())]).toEqual([hook, alone.get("fit")!.weights]);
    }
  }
});

test("a disposed model refuses every method; models that share its layers still work", async () => {
  const pair = make();
  await pair.model.fit(x, y, OPTIONS);
  pair.model[Symbol.dispose]();
  pair.model.dispose();
  const others = (name: string): boolean => name.includes("a model with its layers") || name === "learningRate.assign";
  for (const name of NAMES) {
    expect([name, await outcome(name, pair)]).toEqual([
      name,
      others(name) ? expect.not.stringContaining("StateError") : "StateError model-disposed",
    ]);
  }
});

test("a model cannot be disposed while it trains", async () => {
  const pair = make();
  const fit = pair.model.fit(x, y, OPTIONS);
  expect(() => dispose.call(pair)).toThrow('"model" cannot be disposed of while it trains. Await what is under way.');
  await fit;
  dispose.call(pair);
});

import { describe, expect, test, vi } from "vitest";
import { ReduceLROnPlateau } from "../../src/callbacks/index.js";
import { setRandomSeed } from "../../src/core/seed.js";
import * as layers from "../../src/layers/index.js";
import { MeanSquaredError } from "../../src/metrics/index.js";
import { Sequential } from "../../src/model/index.js";
import * as random from "../../src/random/index.js";
import { Callback, type CallbackContext, type Hook } from "../../src/training/hooks/callback.js";
import type { Logs } from "../../src/training/state/logs.js";
import { fitInMemory, type Snapshot } from "../resume/memory.js";

const x = random.normal([10, 3], { seed: 1 });
const y = random.normal([10, 1], { seed: 2 });

function build(): Sequential {
  setRandomSeed(3);
  const model = new Sequential([new layers.Dense(1, { inputShape: [3] })]);
  model.compile({ optimizer: "sgd", loss: "mse", metrics: ["mae"] });
  return model;
}

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
  "onPredictBegin",
  "onPredictEnd",
  "onPredictBatchBegin",
  "onPredictBatchEnd",
] as const satisfies readonly Hook[];

/** Records every hook with its index and log keys. */
function recorder(events: string[]): Callback {
  const callback = new Callback();
  for (const hook of HOOKS) {
    Object.assign(callback, {
      [hook]: (...args: readonly unknown[]) => {
        const logs = args.at(-2) as Logs;
        const index = args.length === 3 ? ` ${args[0]}` : "";
        const keys = Object.keys(logs);
        events.push(`${hook}${index}${keys.length === 0 ? "" : ` ${keys.join(",")}`}`);
      },
    });
  }
  return callback;
}

describe("hooks", () => {
  test("run in Keras's order, with Keras's logs", async () => {
    const events: string[] = [];
    await build().fit(x, y, {
      batchSize: 4,
      epochs: 2,
      validationData: [x, y],
      validationFreq: 2,
      verbose: 0,
      callbacks: recorder(events),
    });
    const steps = [0, 1, 2].flatMap((batch) => [`onTrainBatchBegin ${batch}`, `onTrainBatchEnd ${batch} loss,mae`]);
    const tests = [0, 1, 2].flatMap((batch) => [`onTestBatchBegin ${batch}`, `onTestBatchEnd ${batch} loss,mae`]);
    expect(events).toEqual([
      "onTrainBegin",
      "onEpochBegin 0",
      ...steps,
      "onEpochEnd 0 loss,mae",
      "onEpochBegin 1",
      ...steps,
      "onTestBegin",
      ...tests,
      "onTestEnd loss,mae",
      "onEpochEnd 1 loss,mae,val_loss,val_mae",
      "onTrainEnd loss,mae,val_loss,val_mae",
    ]);
  });

  test("run in evaluate and predict too", async () => {
    const events: string[] = [];
    const model = build();
    await model.evaluate(x, y, { batchSize: 5, verbose: 0, callbacks: recorder(events) });
    await model.predict(x, { batchSize: 5, verbose: 0, callbacks: recorder(events) });
    const batches = (hook: string, keys: string) =>
      [0, 1].flatMap((batch) => [`${hook}BatchBegin ${batch}`, `${hook}BatchEnd ${batch} ${keys}`]);
    expect(events).toEqual([
      "onTestBegin",
      ...batches("onTest", "loss,mae"),
      "onTestEnd loss,mae",
      "onPredictBegin",
      ...batches("onPredict", "outputs"),
      "onPredictEnd",
    ]);
  });

  test("with stepsPerExecution n, batch hooks run once every n steps", async () => {
    const events: string[] = [];
    const model = build();
    model.compile({ optimizer: "sgd", loss: "mse", stepsPerExecution: 2 });
    await model.fit(x, y, { batchSize: 2, verbose: 0, callbacks: recorder(events) });
    expect(events.filter((event) => event.includes("Batch"))).toEqual([
      "onTrainBatchBegin 0",
      "onTrainBatchEnd 1 loss",
      "onTrainBatchBegin 2",
      "onTrainBatchEnd 3 loss",
      "onTrainBatchBegin 4",
      "onTrainBatchEnd 4 loss",
    ]);
  });

  test("stopTraining ends the epoch's batches; validation and the end of the epoch still run", async () => {
    const events: string[] = [];
    const model = build();
    const stop = new Callback();
    stop.onTrainBatchEnd = (batch) => {
      if (batch === 1) model.stopTraining = true;
    };
    const options = { batchSize: 2, epochs: 3, validationData: [x, y] as const, verbose: 0 as const };
    const history = await model.fit(x, y, { ...options, callbacks: [recorder(events), stop] });
    expect(history.epoch).toEqual([0]);
    expect(events.filter((event) => event.startsWith("onTrainBatchEnd"))).toHaveLength(2);
    expect(events.slice(-3)).toEqual([
      "onTestEnd loss,mae",
      "onEpochEnd 0 loss,mae,val_loss,val_mae",
      "onTrainEnd loss,mae,val_loss,val_mae",
    ]);
    expect((await model.fit(x, y, { ...options, epochs: 2 })).epoch).toEqual([0, 1]);
  });
});

/** Counts hooks, and keeps the count as its state. */
class Counter extends Callback {
  static readonly className: string = "Counter";
  count = 0;

  override onTrainBatchEnd(): void {
    this.count++;
  }

  override onEpochEnd(_epoch: number, logs: Logs): void {
    this.count += 100;
    logs["counted"] = this.count;
  }

  override getState() {
    return { json: { count: this.count }, tensors: {} };
  }

  override setState({ json }: { readonly json: unknown }): void {
    this.count = (json as { count: number }).count;
  }
}

class Saver extends Callback {
  override onTrainBatchEnd(batch: number, _logs: Logs, context: CallbackContext): void {
    context.requestSave({ path: `batch ${batch}`, weightsOnly: false, overwrite: true, async: false });
  }

  override onEpochEnd(epoch: number, _logs: Logs, context: CallbackContext): void {
    context.requestSave({ path: `epoch ${epoch}`, weightsOnly: false, overwrite: true, async: false });
  }
}

test("a saved file does not depend on the order of the callbacks", async () => {
  const saved = async (callbacks: readonly Callback[]) => {
    const saves = new Map<string, Snapshot>();
    await fitInMemory(build(), x, y, { batchSize: 4, epochs: 2, verbose: 0, callbacks }, saves);
    return [...saves].map(([path, { state }]) => [path, state!.json]);
  };
  const before = await saved([new Saver(), new Counter()]);
  expect(await saved([new Counter(), new Saver()])).toEqual(before);
  expect(before.at(-1)).toMatchObject([
    "epoch 1",
    { epoch: 2, batch: 0, iteration: 6, callbacks: [{ json: { count: 206 } }], history: { epoch: [0, 1] } },
  ]);
  const middle = new Map(before as [string, unknown][]).get("batch 2");
  expect(middle).toMatchObject({ epoch: 1, batch: 3, history: { history: { counted: [103] } } });
});

test("a save cannot be requested in a hook where the state is not consistent", async () => {
  const callback = new Callback();
  callback.onEpochBegin = (_epoch, _logs, context) =>
    context.requestSave({ path: "x.keras", weightsOnly: false, overwrite: true, async: false });
  await expect(build().fit(x, y, { verbose: 0, callbacks: [callback] })).rejects.toThrow(
    "A save of x.keras cannot be requested in onEpochBegin.",
  );
});

test("epoch logs are in alphabetical order, as in Keras; the progress line keeps the order of batches", async () => {
  const model = build();
  model.compile({ optimizer: "sgd", loss: "mse", metrics: ["mae", new MeanSquaredError({ name: "zeta" })] });
  const printed: string[] = [];
  const write = vi.spyOn(process.stdout, "write").mockImplementation((text) => printed.push(String(text)) > 0);
  try {
    const rate = new ReduceLROnPlateau({ monitor: "loss" });
    await model.fit(x, y, { validationData: [x, y], verbose: 2, callbacks: [rate] });
  } finally {
    write.mockRestore();
  }
  const keys = ["loss", "mae", "val_loss", "val_mae", "val_zeta", "zeta", "learning_rate"];
  expect(Object.keys(model.history!.history)).toEqual(keys);
  const shown = [...printed.join("").matchAll(/ - (\w+): /g)].map(([, name]) => name);
  expect(shown).toEqual(["loss", "mae", "zeta", "val_loss", "val_mae", "val_zeta", "learning_rate"]);
});

test("a failed save warns and does not end the training; a model can be saved after a failed fit", async () => {
  const model = build();
  const path = `${import.meta.filename}/x.keras`;
  const warnings: string[] = [];
  const listener = new Saver();
  const warn = console.warn;
  console.warn = (text: string) => void warnings.push(text);
  try {
    const bad = new Callback();
    bad.onEpochEnd = (_epoch, _logs, context) =>
      context.requestSave({ path, weightsOnly: false, overwrite: true, async: false });
    const history = await model.fit(x, y, { epochs: 2, verbose: 0, callbacks: [bad], onSaveFailure: "warn" });
    expect(history.epoch).toEqual([0, 1]);
  } finally {
    console.warn = warn;
  }
  expect(warnings[0]).toContain(`Training goes on, but saving ${path} at epoch 1, batch 0 failed:`);
  listener.onTrainBatchEnd = () => {
    throw new Error("a hook's own mistake");
  };
  await expect(model.fit(x, y, { verbose: 0, callbacks: [listener] })).rejects.toThrow("a hook's own mistake");
  // The failed hook's step is undone.
  expect(model.savable.getTrainState()!.json).toMatchObject({ epoch: 0, batch: 0, iteration: 2 });
});

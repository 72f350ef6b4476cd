import { describe, expect, test } from "vitest";
import { EarlyStopping } from "../../src/callbacks/index.js";
import { clearRandomSeed, setRandomSeed } from "../../src/core/seed.js";
import type { Vfs } from "../../src/core/vfs.js";
import { memoryVfs } from "../../src/core/vfs-memory.js";
import * as layers from "../../src/layers/index.js";
import { Sequential } from "../../src/model/index.js";
import type { RecordEvent } from "../../src/store/index.js";
import { Callback, type FitOptions } from "../../src/training/index.js";
import { fitInMemory } from "./memory.js";
import { build, digest, x, y } from "./support.js";

const OPTIONS = { epochs: 2, batchSize: 8, verbose: 0, validationSplit: 0.1 } as const;

/** Simulates a process that dies after the given step. */
class Killed extends Error {}
class KillAfter extends Callback {
  readonly #at: number;
  #steps = 0;

  constructor(step: number) {
    super();
    this.#at = step;
  }

  override onTrainBatchBegin(): void {
    if (this.#steps++ === this.#at) throw new Killed("killed");
  }
}

function fitRun(files: Vfs, seed: number | null, options: FitOptions, model: Sequential = fresh(seed)) {
  return fitInMemory(model, x, y, { ...OPTIONS, ...options }, new Map(), files).then((history) => ({ model, history }));
}

function fresh(seed: number | null): Sequential {
  if (seed === null) clearRandomSeed();
  else setRandomSeed(seed);
  return build();
}

describe("run", () => {
  test.each([0, 1, 2, 3, 5, 7, 9])("killed at step %i and started again, it ends as if never killed", async (step) => {
    const whole = await fitRun(memoryVfs(), 5, { run: "runs/a" });
    const files = memoryVfs();
    const run = { dir: "runs/a", every: { steps: 2 } };
    await expect(fitRun(files, 5, { run, callbacks: [new KillAfter(step)] })).rejects.toThrow(Killed);
    const again = await fitRun(files, 5, { run });
    expect(again.history.history).toEqual(whole.history.history);
    expect(digest(again.model)).toBe(digest(whole.model));
  });

  test("the seed of the first start is used by later processes without a set seed", async () => {
    const files = memoryVfs();
    await expect(fitRun(files, null, { run: "r", callbacks: [new KillAfter(7)] })).rejects.toThrow(Killed);
    const once = await fitRun(files, null, { run: { dir: "r", onChange: "fork" }, epochs: 3 });
    const copy = await fitRun(files, null, { run: "r", epochs: 3 });
    expect(copy.history.history).toEqual(once.history.history);
    expect(digest(copy.model)).toBe(digest(once.model));
  });

  test("a finished run trains nothing, returns its history and restores its last weights", async () => {
    const files = memoryVfs();
    const first = await fitRun(files, 5, { run: "r" });
    const second = await fitRun(files, 5, { run: "r" });
    expect(second.history.epoch).toEqual([0, 1]);
    expect(second.history.history).toEqual(first.history.history);
    expect(digest(second.model)).toBe(digest(first.model));
    const names = (await files.list("r")).filter((name) => name.endsWith(".pawl"));
    expect(names).toEqual(["checkpoint-000001-step-5.pawl", "checkpoint-000002-step-10.pawl"]);
  });

  test("a run that a callback ended stays ended", async () => {
    const files = memoryVfs();
    const callbacks = () => [new EarlyStopping({ monitor: "loss", patience: 1, minDelta: 100 })];
    const first = await fitRun(files, 5, { run: "r", epochs: 9, callbacks: callbacks() });
    expect(first.history.epoch).toEqual([0, 1]);
    const second = await fitRun(files, 5, { run: "r", epochs: 9, callbacks: callbacks() });
    expect(second.history.history).toEqual(first.history.history);
    expect(digest(second.model)).toBe(digest(first.model));
  });

  test("epochs, callbacks and verbosity may change", async () => {
    const files = memoryVfs();
    const whole = await fitRun(memoryVfs(), 5, { run: "r", epochs: 3 });
    await fitRun(files, 5, { run: "r" });
    const more = await fitRun(files, 5, { run: "r", epochs: 3, callbacks: [new EarlyStopping({ monitor: "loss" })] });
    expect(more.history.history).toEqual(whole.history.history);
    expect(digest(more.model)).toBe(digest(whole.model));
  });

  test("a change of anything that the results depend on is refused, with the differences", async () => {
    const files = memoryVfs();
    await fitRun(files, 5, { run: "r", epochs: 1 });
    await expect(fitRun(files, 5, { run: "r", batchSize: 4 })).rejects.toThrow("fit.batchSize: was 8, is 4");
    await expect(fitRun(files, 6, { run: "r" })).rejects.toThrow(/seed: was \d+, is \d+/);
    await expect(fitRun(files, 5, { run: "r", classWeight: { 0: 2 } })).rejects.toThrow("fit.classWeight: was null");
    await expect(
      fitInMemory(fresh(5), x, y.slice(0, 44).cast("float32"), { ...OPTIONS, run: "r" }, new Map(), files),
    ).rejects.toThrow("data has other contents: was");
    const other = fresh(5);
    other.compile({ optimizer: "adam", loss: "sparse_categorical_crossentropy" });
    await expect(fitRun(files, 5, { run: "r" }, other)).rejects.toThrow(
      "compile.optimizer.learning_rate: was 0.01, is 0.001",
    );
  });

  test("a change is accepted in place, or forks", async () => {
    const files = memoryVfs();
    await fitRun(files, 5, { run: "r", epochs: 1 });
    const fork = await fitRun(files, 5, { run: { dir: "r", onChange: "fork" }, epochs: 2, batchSize: 4 });
    expect(fork.history.epoch).toEqual([0, 1]);
    expect((await files.list("r-fork-5")).at(-1)).toMatch(/^log/);
    const back = await fitRun(files, 5, { run: "r", epochs: 1 });
    expect(back.history.epoch).toEqual([0]);
    await fitRun(files, 5, { run: { dir: "r", onChange: "accept" }, epochs: 2, batchSize: 4 });
    await expect(fitRun(files, 5, { run: "r" })).rejects.toThrow("fit.batchSize: was 4, is 8");
  });

  test("a damaged checkpoint is skipped", async () => {
    const files = memoryVfs();
    const whole = await fitRun(files, 5, { run: "r" });
    const newest = "r/checkpoint-000002-step-10.pawl";
    const bytes = new Uint8Array(await files.readFile(newest));
    bytes[5000]! ^= 1;
    await files.writeFile(newest, bytes);
    const again = await fitRun(files, 5, { run: "r" });
    expect(again.history.history).toEqual(whole.history.history);
    expect(digest(again.model)).toBe(digest(whole.model));
  });

  test("only one training at a time may use a folder, or a model", async () => {
    const files = memoryVfs();
    const model = fresh(5);
    const running = fitRun(files, 5, { run: "r" }, model);
    await expect(fitRun(files, 5, { run: "r" }, model)).rejects.toThrow("is in training already");
    await expect(fitRun(files, 5, { run: "r" })).rejects.toThrow('"r" is in use by process');
    await running;
  });

  test("a folder that cannot be written is an error before training", async () => {
    const files = memoryVfs();
    await files.writeFile("r", new Uint8Array(1));
    await expect(fitRun(files, 5, { run: "r" })).rejects.toThrow('"r"');
  });

  test("the record has one event per epoch", async () => {
    const files = memoryVfs();
    const { history } = await fitRun(files, 5, { run: "r" });
    const lines = new TextDecoder()
      .decode(await files.readFile("r/log.jsonl"))
      .trim()
      .split("\n");
    const events = lines.map((line) => JSON.parse(line) as RecordEvent);
    expect(events.flatMap((event) => (event.event === "epoch" ? [{ ...event, time: 0, seconds: 0 }] : []))).toEqual(
      [0, 1].map((epoch) => ({
        event: "epoch",
        time: 0,
        seconds: 0,
        epoch,
        step: 5 * (epoch + 1),
        logs: Object.fromEntries(Object.entries(history.history).map(([key, values]) => [key, values[epoch]])),
        rates: { learning_rate: expect.any(Number) },
      })),
    );
  });
});

test("weights of another architecture are refused even when a change is accepted", async () => {
  const files = memoryVfs();
  await fitRun(files, 5, { run: "r", epochs: 1 });
  const other = new Sequential([new layers.Dense(3, { activation: "softmax", inputShape: [6] })]);
  other.compile({ optimizer: "adam", loss: "sparse_categorical_crossentropy" });
  await expect(fitRun(files, 5, { run: { dir: "r", onChange: "accept" } }, other)).rejects.toThrow("are not those of");
});

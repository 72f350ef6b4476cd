import { describe, expect, test } from "vitest";
import { setRandomSeed } from "../../src/core/seed.js";
import type { Vfs } from "../../src/core/vfs.js";
import { memoryVfs } from "../../src/core/vfs-memory.js";
import * as layers from "../../src/layers/index.js";
import { Sequential } from "../../src/model/index.js";
import * as optimizers from "../../src/optimizers/index.js";
import type { RecordEvent } from "../../src/store/index.js";
import { Callback, type FitOptions } from "../../src/training/index.js";
import { resolveLoop } from "../../src/training/own/loop-options.js";
import { fitInMemory } from "./memory.js";
import { digest, x, y } from "./support.js";

const OPTIONS = { epochs: 2, batchSize: 8, verbose: 0 } as const;
const STEPS = 6;
const record = { batches: 1, norms: true, histograms: true } as const;

/** With names, since paths are compared between models of one process. */
function build(shards: number | "auto"): Sequential {
  const model = new Sequential(
    [
      new layers.Dense(8, { activation: "relu", inputShape: [6], name: "first" }),
      new layers.BatchNormalization({ name: "between" }),
      new layers.Dropout(0.3, { name: "dropped" }),
      new layers.Dense(3, { activation: "softmax", name: "last" }),
    ],
    { name: "net" },
  );
  const optimizer = new optimizers.Adam({ learningRate: 0.01, gradientAccumulationSteps: 3, clipnorm: 1 });
  model.compile({ optimizer, loss: "sparse_categorical_crossentropy", metrics: ["accuracy"], shards });
  return model;
}

/** Weights after each step and each epoch, copied; ends the training at the beginning of a step, as a kill would. */
class Watcher extends Callback {
  readonly steps: (readonly (readonly [string, readonly number[]])[])[] = [];
  #begun = 0;
  readonly #end: number;
  constructor(end = -1) {
    super();
    this.#end = end;
  }
  override onTrainBatchBegin(): void {
    if (this.#begun++ === this.#end) throw new Error("killed");
  }
  override onTrainBatchEnd(): void {
    const { weights } = this.model as unknown as Sequential;
    this.steps.push(weights.map(({ path, data }) => [path, Array.from(data as Float32Array)]));
  }
}

async function fitRun(files: Vfs, options: FitOptions, shards: number | "auto" = "auto"): Promise<string> {
  setRandomSeed(5);
  const model = build(shards);
  await fitInMemory(model, x, y, { ...OPTIONS, ...options }, new Map(), files);
  return digest(model);
}

async function eventsIn<K extends RecordEvent["event"]>(
  files: Vfs,
  kind: K,
): Promise<Extract<RecordEvent, { event: K }>[]> {
  const text = new TextDecoder().decode(await files.readFile("r/log.jsonl"));
  const events = text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as RecordEvent);
  return events.filter((event): event is Extract<RecordEvent, { event: K }> => event.event === kind);
}

/** As it is written on paper. */
const norm = (values: readonly number[]): number => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));

describe("norms and histograms of weights in the record of a training", () => {
  test("are those of the weights after each recorded step and each epoch", async () => {
    const files = memoryVfs();
    const watcher = new Watcher();
    await fitRun(files, { run: { dir: "r", record }, callbacks: [watcher] });
    const batches = await eventsIn(files, "batch");
    expect(batches).toHaveLength(2 * STEPS);
    for (const [i, { norms }] of batches.entries()) {
      const weights = watcher.steps[i]!;
      expect(Object.keys(norms!)).toEqual(["weights", ...weights.map(([path]) => path)]);
      for (const [path, values] of weights) expect(norms![path]).toBeCloseTo(norm(values), 12);
      expect(norms!["weights"]).toBeCloseTo(norm(weights.flatMap(([, values]) => values)), 12);
    }
    const histograms = await eventsIn(files, "histogram");
    expect(histograms.map(({ step, epoch }) => [step, epoch])).toEqual([
      [STEPS, 0],
      [2 * STEPS, 1],
    ]);
    for (const { step, weights } of histograms) {
      expect(Object.keys(weights)).toEqual(watcher.steps[step - 1]!.map(([path]) => path));
      for (const [path, values] of watcher.steps[step - 1]!) {
        const { min, max, counts } = weights[path]!;
        expect([min, max]).toEqual([Math.min(...values), Math.max(...values)]);
        expect(counts).toHaveLength(30);
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(values.length);
        expect(counts.at(-1)).toBe(
          values.filter((value) => min === max || value >= min + (29 * (max - min)) / 30).length,
        );
      }
    }
  });

  test.each([1, 2, 3])(
    "change no bit of the training in %i shards, and are not there unless asked for",
    async (shards) => {
      const [plain, asked] = [memoryVfs(), memoryVfs()];
      const end = await fitRun(plain, { run: { dir: "r", record: { batches: 1 } } }, shards);
      expect(await fitRun(asked, { run: { dir: "r", record } }, shards)).toBe(end);
      expect((await eventsIn(plain, "batch")).every((event) => !("norms" in event))).toBe(true);
      expect(await eventsIn(plain, "histogram")).toEqual([]);
    },
  );

  test("are the same after a kill in the middle of an epoch, each step once and without drift", async () => {
    const [whole, killed] = [memoryVfs(), memoryVfs()];
    const run = { dir: "r", record };
    const end = await fitRun(whole, { run });
    await expect(fitRun(killed, { run, callbacks: [new Watcher(STEPS + 3)] })).rejects.toThrow("killed");
    expect(await fitRun(killed, { run })).toBe(end);
    const normsIn = async (files: Vfs) => (await eventsIn(files, "batch")).map(({ step, norms }) => ({ step, norms }));
    expect(await normsIn(killed)).toEqual(await normsIn(whole));
    expect(await eventsIn(killed, "drift")).toEqual([]);
  });

  test("that are asked for only after a kill are added to the steps that are computed again", async () => {
    const files = memoryVfs();
    const run = { dir: "r", record: { batches: 1 } };
    await expect(fitRun(files, { run, callbacks: [new Watcher(STEPS + 3)] })).rejects.toThrow("killed");
    await fitRun(files, { run: { dir: "r", record } });
    const last = new Map((await eventsIn(files, "batch")).map(({ step, norms }) => [step, norms !== undefined]));
    expect([...last.values()]).toEqual(Array.from({ length: 2 * STEPS }, (_, i) => i >= STEPS));
    expect(await eventsIn(files, "drift")).toEqual([]);
  });

  test("are refused by loops of openRun, which know no weights", () => {
    for (const key of ["norms", "histograms"]) {
      expect(() => resolveLoop("r", { record: { [key]: true } })).toThrow(
        expect.objectContaining({ name: "OptionError", message: expect.stringContaining(`"${key}"`) }),
      );
    }
    expect(resolveLoop("r", {}).run.record.batches).toBe(1);
    expect(resolveLoop("r", { record: { batches: 3 } }).run.record.batches).toBe(3);
  });
});

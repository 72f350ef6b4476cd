import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { EarlyStopping } from "../../src/callbacks/index.js";
import { setRandomSeed } from "../../src/core/seed.js";
import type { Vfs } from "../../src/core/vfs.js";
import { memoryVfs } from "../../src/core/vfs-memory.js";
import * as layers from "../../src/layers/index.js";
import { Sequential } from "../../src/model/index.js";
import * as optimizers from "../../src/optimizers/index.js";
import * as random from "../../src/random/index.js";
import * as schedules from "../../src/schedules/index.js";
import { pinsOf, type RecordEvent, RunCheckpoints } from "../../src/store/index.js";
import type { FitOptions, RunOptions } from "../../src/training/index.js";
import { fitInMemory } from "./memory.js";
import { digest, x, y } from "./support.js";

interface Settings {
  readonly optimizer?: () => optimizers.Optimizer;
  readonly classes?: number;
  readonly frozen?: boolean;
  readonly fit?: FitOptions;
  readonly data?: typeof x;
}

const parent = { dir: "runs/a", keep: 99 } as const;

async function train(files: Vfs, run: RunOptions, settings: Settings = {}): Promise<string> {
  setRandomSeed(5);
  const model = new Sequential([
    new layers.Dense(8, { activation: "relu", inputShape: [6], name: "body" }),
    new layers.Dropout(0.3),
    new layers.Dense(settings.classes ?? 3, { activation: "softmax", name: "head" }),
  ]);
  if (settings.frozen === true) model.layers[0]!.trainable = false;
  const optimizer = settings.optimizer?.() ?? "adam";
  model.compile({ optimizer, loss: "sparse_categorical_crossentropy", metrics: ["accuracy"] });
  const options = { epochs: 4, batchSize: 8, verbose: 0 as const, run, ...settings.fit };
  await fitInMemory(model, settings.data ?? x, y, options, new Map(), files);
  return digest(model);
}

async function startOf(files: Vfs, dir: string) {
  const text = new TextDecoder().decode(await files.readFile(`${dir}/log.jsonl`));
  const events = text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as RecordEvent);
  return events.find((event) => event.event === "start")!;
}

const stepsIn = async (files: Vfs, dir: string): Promise<number[]> =>
  (await new RunCheckpoints(files, dir).list()).map(({ step }) => step);

let warnings: string[] = [];
beforeEach(() => {
  warnings = [];
  vi.spyOn(console, "warn").mockImplementation((text: string) => void warnings.push(text));
});
afterEach(() => vi.restoreAllMocks());

describe("a fork", () => {
  test.each([
    ["runs/a@6", 6],
    ["runs/a@step:12", 12],
    ["runs/a@epoch:2", 12],
    ["runs/a@last", 24],
    ["runs/a@best", null],
    ["runs/a", 24],
    ["runs/a/checkpoint-000001-step-6.pawl", 6],
  ] as const)("of %s with nothing changed ends as its parent does, bit for bit", async (from, step) => {
    const files = memoryVfs();
    const keep = { last: 99, monitor: "loss" };
    const whole = await train(files, { ...parent, keep });
    expect(await train(files, { dir: "runs/b", from, keep })).toBe(whole);
    const start = await startOf(files, "runs/b");
    expect(start).toMatchObject({ step: step ?? start.step, parent: { run: "runs/a", step: start.step }, changes: [] });
    expect(warnings).toEqual([]);
  });

  test.each<[string, Settings, string]>([
    [
      "learning rate",
      { optimizer: () => new optimizers.Adam({ learningRate: 0.1 }) },
      "compile.optimizer.learning_rate",
    ],
    [
      "a schedule",
      {
        optimizer: () =>
          new optimizers.Adam({
            learningRate: new schedules.ExponentialDecay({ initialLearningRate: 0.01, decaySteps: 5, decayRate: 0.9 }),
          }),
      },
      "compile.optimizer.learning_rate",
    ],
    ["batch size", { fit: { batchSize: 11 } }, "fit.batchSize: was 8, is 11"],
    ["data", { data: random.normal([44, 6], { seed: 99 }) }, "data"],
    ["frozen layers", { frozen: true }, "architecture"],
    ["epochs", { fit: { epochs: 6 } }, ""],
    ["callbacks", { fit: { callbacks: [new EarlyStopping({ monitor: "loss" })] } }, ""],
  ])("goes on with another %s, which its record says", async (_what, settings, change) => {
    const files = memoryVfs();
    await train(files, parent);
    const end = await train(files, { dir: "runs/b", from: "runs/a@6" }, settings);
    const { changes } = await startOf(files, "runs/b");
    if (change === "") expect(changes).toEqual([]);
    else expect(changes.join("; ")).toContain(change);
    // Started again, it trains nothing, refuses other settings as any run, and is not forked again.
    expect(await train(files, { dir: "runs/b", from: "runs/a@6" }, settings)).toBe(end);
    await expect(train(files, { dir: "runs/b", from: "runs/a@6" }, { fit: { batchSize: 4 } })).rejects.toThrow(
      "fit.batchSize",
    );
  });

  test("takes what fits of a model with another head, and says what does not", async () => {
    const files = memoryVfs();
    await train(files, parent);
    const other = { classes: 5 };
    await expect(train(files, { dir: "runs/b", from: "runs/a@6" }, other)).rejects.toThrow("skipMismatch: true");
    await train(files, { dir: "runs/c", from: "runs/a@6", skipMismatch: true }, { ...other, fit: { epochs: 1 } });
    const [first] = await new RunCheckpoints(files, "runs/c").list();
    const { tensors } = await new RunCheckpoints(files, "runs/c").read(first!);
    const before = await new RunCheckpoints(files, "runs/a").read(
      (await new RunCheckpoints(files, "runs/a").list())[1]!,
    );
    expect(tensors["weights/0"]!.data).toEqual(before.tensors["weights/0"]!.data);
    expect(warnings.join()).toMatch(/\S+\/head\/kernel, \S+\/head\/bias begin as the program made them/);
  });

  test("keeps its parent's checkpoint from retention", async () => {
    const files = memoryVfs();
    await train(files, { dir: "runs/a", keep: 1 }, { fit: { epochs: 1 } });
    await train(files, { dir: "runs/b", from: "runs/a@6" });
    expect((await pinsOf(files, "runs/a")).map(({ step, why }) => [step, why])).toEqual([[6, "runs/b"]]);
    await train(files, { dir: "runs/a", keep: 1 });
    expect(await stepsIn(files, "runs/a")).toEqual([6, 24]);
  });

  test.each([
    [
      "runs/a@7",
      "runs/b",
      'There is no such checkpoint in "runs/a". Received: those after steps 0, 6, 12, 18, 24. Expected: a checkpoint at step 7. The nearest is runs/a@6;',
    ],
    ["runs/none@7", "runs/b", 'There is no such checkpoint in "runs/none". Received: none.'],
    ["runs/a@soon", "runs/b", '"runs/a@soon" does not name a checkpoint. Received: "soon" after the @.'],
    ["runs/x@3", "runs/a", 'The run in "runs/a" did not begin from "runs/x@3". Received: a run of its own.'],
    ["soon", "runs/b", 'another run: "runs/a@1200"'],
  ])("from %s in %s is refused with what there is", async (from, dir, message) => {
    const files = memoryVfs();
    await train(files, parent);
    await expect(train(files, { dir, from: from as `${string}@${string}` })).rejects.toThrow(message);
    expect(await stepsIn(files, "runs/a")).toEqual([0, 6, 12, 18, 24]);
  });
});

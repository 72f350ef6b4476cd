import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { setRandomSeed } from "../../src/core/seed.js";
import { Tensor } from "../../src/core/tensor.js";
import type { Vfs } from "../../src/core/vfs.js";
import { memoryVfs } from "../../src/core/vfs-memory.js";
import type { Variable } from "../../src/engine/index.js";
import type { BatchEvent, RecordEvent, SaveEvent } from "../../src/store/index.js";
import { leaveRequest, linkAfter, NO_CHAIN, RunCheckpoints, setPin } from "../../src/store/index.js";
import { RecordReader } from "../../src/store/record/index.js";
import { Callback, type FitOptions } from "../../src/training/index.js";
import { fitInMemory } from "./memory.js";
import { build, digest, x, y } from "./support.js";

const OPTIONS = { epochs: 2, batchSize: 8, verbose: 0 } as const;
/** Batches of an epoch. */
const STEPS = 6;

/** Ends the training at the beginning of a step, as a kill would; or changes a weight by chance. */
class At extends Callback {
  #step = 0;
  readonly #act: (step: number) => void | Promise<void>;
  constructor(act: (step: number) => void | Promise<void>) {
    super();
    this.#act = act;
  }
  override async onTrainBatchBegin(): Promise<void> {
    await this.#act(this.#step++);
  }
}

function killedAfter(step: number): Callback {
  return new At((now) => {
    if (now === step) throw new Error("killed");
  });
}

async function fitRun(files: Vfs, options: FitOptions): Promise<string> {
  setRandomSeed(5);
  const model = build();
  await fitInMemory(model, x, y, { ...OPTIONS, ...options }, new Map(), files);
  return digest(model);
}

async function eventsIn(files: Vfs, dir = "r"): Promise<RecordEvent[]> {
  const text = new TextDecoder().decode(await files.readFile(`${dir}/log.jsonl`));
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as RecordEvent);
}

const batchesIn = (events: readonly RecordEvent[]): BatchEvent[] => events.filter((event) => event.event === "batch");
const savesIn = (events: readonly RecordEvent[]): SaveEvent[] => events.filter((event) => event.event === "save");
const every = { record: { batches: 1 } } as const;

let warnings: string[] = [];
beforeEach(() => {
  warnings = [];
  vi.spyOn(console, "warn").mockImplementation((text: string) => void warnings.push(text));
});
afterEach(() => vi.restoreAllMocks());

describe("the record of a training", () => {
  test("has a start with settings, program and machine, each step that was asked for, each epoch, each save, and the end", async () => {
    const files = memoryVfs();
    await fitRun(files, { run: { dir: "r", record: { batches: 2 } } });
    const events = await eventsIn(files);
    const [start] = events;
    expect(start).toMatchObject({
      event: "start",
      format: 1,
      kind: "fit",
      step: 0,
      resumes: false,
      epochs: 2,
      steps: 6,
    });
    expect(start).toMatchObject({ config: { identity: { fit: { batchSize: 8 } } }, program: { pid: process.pid } });
    expect(batchesIn(events).map(({ step, epoch, batch }) => [step, epoch, batch])).toEqual([
      [2, 0, 2],
      [4, 0, 4],
      [6, 0, 6],
      [8, 1, 2],
      [10, 1, 4],
      [12, 1, 6],
    ]);
    expect(savesIn(events).map(({ step, epoch, batch }) => [step, epoch, batch])).toEqual([
      [0, 0, 0],
      [6, 1, 0],
      [12, 2, 0],
    ]);
    expect(events.at(-1)).toMatchObject({ event: "stop", why: "finished", step: 12 });
  });

  test("has each step once after a kill at any of them, with the numbers of a training that was not killed", async () => {
    const whole = memoryVfs();
    const end = await fitRun(whole, { run: { dir: "r", ...every } });
    const logs = batchesIn(await eventsIn(whole)).map(({ step, logs: numbers, rates }) => ({ step, numbers, rates }));
    for (let step = 1; step < 2 * STEPS; step++) {
      const files = memoryVfs();
      const run = { dir: "r", ...every };
      await expect(fitRun(files, { run, callbacks: [killedAfter(step)] })).rejects.toThrow("killed");
      expect(await fitRun(files, { run })).toBe(end);
      const events = await eventsIn(files);
      expect(batchesIn(events).map(({ step: at, logs: numbers, rates }) => ({ step: at, numbers, rates }))).toEqual(
        logs,
      );
      expect(events.filter(({ event }) => event === "drift")).toEqual([]);
      expect(events.filter(({ event }) => event === "epoch")).toHaveLength(2);
      expect(events.filter((event) => event.event === "stop").map(({ why, by }) => [why, by])).toEqual([
        ["error", "killed"],
        ["finished", null],
      ]);
    }
  });

  test("says where a step that is computed again is not what it was, once on the console", async () => {
    const files = memoryVfs();
    const run = { dir: "r", ...every };
    /** Something that no state has: the weights are scaled after step 8. */
    const shaken = (by: number, kill: number | null): Callback =>
      new (class extends At {
        override onTrainBatchEnd(batch: number): void {
          const { weights } = this.model as unknown as { weights: readonly Variable[] };
          const [first] = weights;
          if (batch === 1)
            first!.write(
              new Tensor(first!.read().data.map((value) => Number(value) * by) as Float32Array, first!.shape),
            );
        }
      })((step) => {
        if (step === kill) throw new Error("killed");
      });
    await expect(fitRun(files, { run, callbacks: shaken(1.5, 10) })).rejects.toThrow("killed");
    await fitRun(files, { run, callbacks: shaken(2, null) });
    const drifts = (await eventsIn(files)).filter((event) => event.event === "drift");
    expect(drifts.length).toBeGreaterThan(0);
    expect(drifts[0]).toMatchObject({ point: "batch", key: expect.any(String) });
    expect(warnings.filter((text) => text.includes("was computed again after a resume"))).toHaveLength(1);
  });

  test("gets back the epochs and the save that a loss of power took from its end", async () => {
    const files = memoryVfs();
    await fitRun(files, { run: "r" });
    const whole = await eventsIn(files);
    const lines = new TextDecoder().decode(await files.readFile("r/log.jsonl")).split("\n");
    await files.writeFile("r/log.jsonl", new TextEncoder().encode(lines.slice(0, 2).join("\n").concat("\n")));
    await fitRun(files, { run: "r", epochs: 3 });
    const events = await eventsIn(files);
    const epochs = (all: readonly RecordEvent[]) =>
      all.flatMap((event) => (event.event === "epoch" ? [[event.epoch, event.step, event.logs]] : []));
    expect(epochs(events).slice(0, 2)).toEqual(epochs(whole));
    expect(savesIn(events).map(({ step }) => step)).toEqual([0, 12, 18]);
    expect(savesIn(events)[1]).toMatchObject({ state: savesIn(whole).at(-1)!.state });
  });

  test("is read as it was written: each step once, in order", async () => {
    const files = memoryVfs();
    await fitRun(files, { run: { dir: "r", ...every } });
    const reader = new RecordReader(files, "r");
    await reader.update();
    expect([...reader.batches.step.slice(0, reader.batches.length)]).toEqual(
      Array.from({ length: 12 }, (_, i) => i + 1),
    );
    expect(reader.epochs.keys).toEqual(expect.arrayContaining(["loss", "accuracy", "learning_rate", "seconds"]));
    expect(reader.passedOver).toMatchObject({ cut: 0, noJson: 0, unknown: 0, wrong: 0 });
  });
});

describe("the chain of states", () => {
  test("is made of the states at ends of epochs, and is the same however often the training was killed", async () => {
    const whole = memoryVfs();
    await fitRun(whole, { run: { dir: "r", keep: 99 } });
    const saves = savesIn(await eventsIn(whole));
    let chain = NO_CHAIN;
    for (const save of saves) {
      chain = await linkAfter(chain, save.step, save.state);
      expect(save.chain).toBe(chain);
    }
    const files = memoryVfs();
    const run = { dir: "r", keep: 99, every: { epochs: 1, steps: 2 } };
    for (const step of [3, 9]) await fitRun(files, { run, callbacks: [killedAfter(step)] }).catch(() => undefined);
    await fitRun(files, { run });
    expect(savesIn(await eventsIn(files)).at(-1)!.chain).toBe(chain);
  });

  test("stands in each checkpoint", async () => {
    const files = memoryVfs();
    await fitRun(files, { run: { dir: "r", keep: 99 } });
    const saves = savesIn(await eventsIn(files));
    const folder = new RunCheckpoints(files, "r");
    const states = await Promise.all((await folder.list()).map((entry) => folder.read(entry)));
    expect(states.map(({ chain }) => chain)).toEqual(
      [NO_CHAIN, ...saves.map((save) => save.chain).slice(0, -1)].map((before) => ({ before, links: true })),
    );
  });
});

describe("what others ask by files in the folder", () => {
  const slowly = new At(async () => {
    await new Promise((resolve) => setTimeout(resolve, 60));
  });

  test("ends the training after a step with everything saved, and it goes on from there", async () => {
    const end = await fitRun(memoryVfs(), { run: "r" });
    const files = memoryVfs();
    await files.makeFolder("r");
    await leaveRequest(files, "r", { kind: "stop", time: 1, by: "the board" });
    setRandomSeed(5);
    const model = build();
    const options = { ...OPTIONS, epochs: 9, run: "r", callbacks: [slowly], signals: false };
    const history = await fitInMemory(model, x, y, options, new Map(), files);
    expect(history.interrupted).toBe(true);
    expect((await eventsIn(files)).at(-1)).toMatchObject({ event: "stop", why: "request", by: "the board" });
    expect(await files.list("r")).not.toContain("request-stop");
    expect(await fitRun(files, { run: "r" })).toBe(end);
  });

  test("saves after the next step", async () => {
    const files = memoryVfs();
    await files.makeFolder("r");
    await leaveRequest(files, "r", { kind: "save", time: 1, by: "the board" });
    await fitRun(files, { run: { dir: "r", keep: 99 }, epochs: 3, callbacks: [slowly] });
    expect(savesIn(await eventsIn(files)).filter(({ batch }) => batch > 0)).toHaveLength(1);
  });

  test("keeps the checkpoint of a pinned step", async () => {
    const files = memoryVfs();
    await files.makeFolder("r");
    await setPin(files, "r", { step: 6, time: 1, by: "the board", why: "" });
    await fitRun(files, { run: { dir: "r", keep: 1 }, epochs: 4 });
    const steps = (await new RunCheckpoints(files, "r").list()).map(({ step }) => step);
    expect(steps).toEqual([6, 24]);
  });
});

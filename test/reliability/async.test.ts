import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { BackupAndRestore, CSVLogger } from "../../src/callbacks/index.js";
import { setRandomSeed } from "../../src/core/seed.js";
import type { Vfs } from "../../src/core/vfs.js";
import { fileError, memoryVfs } from "../../src/core/vfs-memory.js";
import type { Sequential } from "../../src/model/index.js";
import { RunFolder } from "../../src/store/index.js";
import { Callback, type CallbackContext, type FitOptions } from "../../src/training/index.js";
import { fitInMemory } from "../resume/memory.js";
import { build, digest, x, y } from "../resume/support.js";
import { faultyVfs } from "../support/faulty-vfs.js";
import { gatedVfs } from "../support/gated-vfs.js";

const OPTIONS = { epochs: 2, batchSize: 8, verbose: 0 } as const;
const STEPS = 6;

class Hooks extends Callback {
  readonly #atStep: (step: number, context: CallbackContext) => void | Promise<void>;
  #step = 0;

  constructor(atStep: (step: number, context: CallbackContext) => void | Promise<void>) {
    super();
    this.#atStep = atStep;
  }

  override async onTrainBatchEnd(_batch: number, _logs: unknown, context: CallbackContext): Promise<void> {
    await this.#atStep(++this.#step, context);
  }
}

function start(files: Vfs, options: FitOptions): { model: Sequential; done: ReturnType<typeof fitInMemory> } {
  setRandomSeed(5);
  const model = build();
  return { model, done: fitInMemory(model, x, y, { ...OPTIONS, ...options }, new Map(), files) };
}

let warnings: string[] = [];
beforeEach(() => {
  warnings = [];
  vi.spyOn(console, "warn").mockImplementation((text: string) => void warnings.push(text));
});
afterEach(() => vi.restoreAllMocks());

const stepsIn = async (files: Vfs, dir = "r") => (await new RunFolder(files, dir).list()).map(({ step }) => step);

describe("a save", () => {
  test("does not delay the training, and fit resolves when it is durable", async () => {
    const files = gatedVfs(memoryVfs());
    const seen: number[] = [];
    const hooks = new Hooks(async (step) => {
      if (step === 1) files.hold();
      if (step < 3 || step > 5) return;
      await expect.poll(() => files.waiting, { interval: 1 }).toBe(1);
      seen.push(step);
      if (step === 5) files.release();
      await expect.poll(() => files.waiting, { interval: 1 }).toBe(step === 5 ? 0 : 1);
    });
    await start(files, { callbacks: [hooks], run: { dir: "r", every: { steps: 2 }, keep: 9 } }).done;
    expect(seen).toEqual([3, 4, 5]);
    // A save that was due while the disk was busy happens as soon as the disk is free.
    const steps = await stepsIn(files);
    expect(steps).toEqual(expect.arrayContaining([0, 2, 6, 12]));
    expect(steps).not.toContain(4);
    let finished = false;
    const slow = gatedVfs(memoryVfs());
    const holding = new Hooks((step) => {
      if (step === 2 * STEPS) slow.hold();
    });
    const { done } = start(slow, { callbacks: [holding], run: "r" });
    void done.then(() => {
      finished = true;
    });
    await expect.poll(() => slow.waiting).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(finished).toBe(false);
    slow.release();
    await done;
    expect(await stepsIn(slow)).toEqual([6, 12]);
  });

  test("that fails causes one warning at the next cut, and the training goes on to the same bits", async () => {
    const whole = start(memoryVfs(), {});
    const { history } = await whole.done;
    const counts = (operation: string, path: string): boolean => operation === "rename" && path.includes("step-2");
    const files = faultyVfs(memoryVfs(), { at: 0, code: "ENOSPC", counts });
    const told: number[] = [];
    const hooks = new Hooks(async (step) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      told.push(warnings.length);
      expect(step).toBe(told.length);
    });
    const run = start(files, { callbacks: [hooks], run: { dir: "r", every: { steps: 2 }, keep: 9 } });
    expect((await run.done).history).toEqual(history);
    expect(digest(run.model)).toBe(digest(whole.model));
    expect(told.slice(0, 5)).toEqual([0, 0, 0, 1, 1]);
    expect(warnings).toEqual([
      'Training goes on, but saving the run folder at epoch 0, batch 2 failed: Cannot write "r/checkpoint-000001-step-2.pawl": ' +
        "the disk is full. Received: ENOSPC. Free some space, or keep fewer checkpoints.",
    ]);
    expect(await stepsIn(files)).toEqual([0, 4, 6, 8, 10, 12]);
  });

  test("is durable when flush resolves", async () => {
    const files = memoryVfs();
    const seen: number[][] = [];
    const hooks = new Hooks(async (_step, context) => {
      await context.flush();
      seen.push(await stepsIn(files));
    });
    await start(files, { callbacks: [hooks], run: { dir: "r", every: { steps: 1 }, keep: 1 } }).done;
    expect(seen.map((steps) => steps.at(-1))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  test("in a folder with damaged checkpoints keeps them under another name", async () => {
    const files = memoryVfs();
    await start(files, { run: "r", epochs: 1 }).done;
    const [first, last] = await new RunFolder(files, "r").list();
    await files.truncate(last!.path, 100);
    await start(files, { run: { dir: "r", keep: 1 } }).done;
    expect(await stepsIn(files)).toEqual([12]);
    expect((await files.stat(`${last!.path}.damaged`))!.size).toBe(100);
    expect(await files.stat(first!.path)).toBeUndefined();
    expect(warnings[0]).toContain(`A checkpoint was passed over, ${last!.path}`);
  });
});

test("a CSV log on a temporarily full disk does not end the training, and has all rows at the end", async () => {
  const log = () => [new CSVLogger("log.csv")];
  const good = memoryVfs();
  await start(good, { epochs: 4, callbacks: log() }).done;
  const disk = memoryVfs();
  let full = false;
  const files: Vfs = {
    ...disk,
    async appendFile(path, bytes) {
      if (!full) return disk.appendFile(path, bytes);
      await disk.appendFile(path, bytes.subarray(0, 5));
      throw fileError("ENOSPC", "write", path);
    },
  };
  const disturb = new Hooks((step) => {
    full = step > STEPS && step <= 3 * STEPS;
  });
  const { history } = await start(files, { epochs: 4, callbacks: [disturb, ...log()] }).done;
  expect(history["loss"]).toHaveLength(4);
  const text = async (vfs: Vfs) => new TextDecoder().decode(await vfs.readFile("log.csv"));
  expect(await text(disk)).toBe(await text(good));
  expect(warnings).toEqual([
    'Training goes on, but CSVLogger waits to write its rows: Cannot write "log.csv": the disk is full. ' +
      "Received: ENOSPC. Free some space, or keep fewer checkpoints.",
  ]);
});

describe("checkpoints that are kept", () => {
  test.each<[string, FitOptions["run"] & object, number[]]>([
    ["the last", { dir: "r", keep: 3 }, [6, 12, 18]],
    ["every second and pinned ones", { dir: "r", keep: { last: 1, every: 2, pinned: [6] } }, [0, 6, 12, 18]],
    ["the best by a log", { dir: "r", keep: { last: 1, best: 1, monitor: "loss", mode: "max" } }, [6, 18]],
    ["none but the newest", { dir: "r", keep: { last: 0, bytes: 1 } }, [18]],
  ])("%s", async (_, run, kept) => {
    const files = memoryVfs();
    await start(files, { run, epochs: 3 }).done;
    expect(await stepsIn(files)).toEqual(kept);
  });

  test("are chosen by their own data when another process resumes", async () => {
    const files = memoryVfs();
    const keep = { last: 1, best: 1, monitor: "loss", mode: "max" } as const;
    await start(files, { run: { dir: "r", keep: 9 }, epochs: 2 }).done;
    await start(files, { run: { dir: "r", keep }, epochs: 3 }).done;
    expect(await stepsIn(files)).toEqual([6, 18]);
  });

  test("include the newest finite one when a training diverges", async () => {
    const files = memoryVfs();
    const poison = new Hooks((step) => {
      if (step === 10) model.weights[0]!.write(new Float32Array(model.weights[0]!.size).fill(Number.NaN));
    });
    const run = start(files, { run: { dir: "r", keep: 1 }, epochs: 4, callbacks: [poison] });
    const { model } = run;
    await run.done;
    expect(await stepsIn(files)).toEqual([6, 24]);
    expect(warnings[0]).toContain("became NaN in epoch 2");
  });
});

describe("BackupAndRestore", () => {
  class Killed extends Error {}
  const killAt = (at: number) =>
    new Hooks((step) => {
      if (step === at) throw new Killed("killed");
    });

  test.each(["epoch", 2, 3] as const)(
    "with saveFreq %s resumes where it was, and leaves no files behind",
    async (saveFreq) => {
      const whole = start(memoryVfs(), {});
      const { history } = await whole.done;
      for (const at of [1, 3, 6, 8, 12]) {
        const files = memoryVfs();
        const backup = () => new BackupAndRestore("b", { saveFreq });
        await expect(start(files, { callbacks: [backup(), killAt(at)] }).done).rejects.toThrow(Killed);
        expect((await stepsIn(files, "b")).length).toBe(1);
        const again = start(files, { callbacks: [backup()] });
        expect((await again.done).history).toEqual(history);
        expect(digest(again.model)).toBe(digest(whole.model));
        expect(await files.list("b")).toEqual([]);
      }
    },
  );

  test("keeps two checkpoints with doubleCheckpoint, and after training with deleteCheckpoint: false", async () => {
    const files = memoryVfs();
    const backup = () => new BackupAndRestore("b", { doubleCheckpoint: true, deleteCheckpoint: false });
    const first = start(files, { callbacks: [backup()] });
    const { history } = await first.done;
    expect(await stepsIn(files, "b")).toEqual([6, 12]);
    const second = start(files, { callbacks: [backup()] });
    expect((await second.done).history).toEqual(history);
    expect(digest(second.model)).toBe(digest(first.model));
  });

  test("is refused together with run or another BackupAndRestore", async () => {
    const two = { callbacks: [new BackupAndRestore("b"), new BackupAndRestore("c")] };
    await expect(start(memoryVfs(), two).done).rejects.toThrow(
      "a training can be durable in one folder only. Received: BackupAndRestore and BackupAndRestore. Give one of them.",
    );
    const both = { run: "r", callbacks: [new BackupAndRestore("b")] };
    await expect(start(memoryVfs(), both).done).rejects.toThrow("Received: run and BackupAndRestore.");
    expect(() => new BackupAndRestore("b", { saveFreq: 0 })).toThrow(
      'BackupAndRestore.saveFreq must be "epoch" or a number of batches',
    );
  });
});

test.each<[string, object, string]>([
  ["every", { every: { epoch: 1 } }, 'every has no option "epoch"'],
  ["every", { every: { seconds: -1 } }, "run.every.seconds"],
  ["keep", { keep: 0 }, "run.keep"],
  ["keep", { keep: { pinned: 3 } }, "a list of training steps"],
])("wrong options of %s are refused", async (_, options, message) => {
  await expect(start(memoryVfs(), { run: { dir: "r", ...options } }).done).rejects.toThrow(message);
});

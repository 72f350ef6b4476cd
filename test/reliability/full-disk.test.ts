import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ModelCheckpoint } from "../../src/callbacks/index.js";
import type { Vfs } from "../../src/core/vfs.js";
import { fileError, memoryVfs } from "../../src/core/vfs-memory.js";
import * as layers from "../../src/layers/index.js";
import { Sequential } from "../../src/model/index.js";
import * as random from "../../src/random/index.js";
import { inPlaceWriter, RunFolder } from "../../src/store/index.js";
import { type FitOptions, type Trainer, fit as train } from "../../src/training/index.js";
import { fitInMemory } from "../resume/memory.js";
import { digest } from "../resume/support.js";

const x = random.normal([16, 3], { seed: 1 });
const y = random.normal([16, 1], { seed: 2 });
let warnings: string[] = [];
const warn = console.warn;
beforeEach(() => {
  warnings = [];
  console.warn = (text: string) => void warnings.push(text);
});
afterEach(() => {
  console.warn = warn;
});

function build(): Sequential {
  const model = new Sequential([new layers.Dense(1, { inputShape: [3], kernelInitializer: "ones" })]);
  model.compile({ optimizer: "adam", loss: "mse" });
  return model;
}

/** A disk with room for `checkpoints` files, including those being written, and `later` more after the fifth. */
function small(disk: Vfs, room: { checkpoints: number; later?: number }): Vfs {
  return {
    ...disk,
    async createExclusive(path, bytes, mode) {
      const names = await disk.list("r").catch(() => []);
      const full = names.filter((name) => name.includes(".pawl")).length >= room.checkpoints;
      if (path.includes("checkpoint") && full) {
        if (path.includes("checkpoint-000004")) room.checkpoints += room.later ?? 0;
        throw fileError("ENOSPC", "write", path);
      }
      await disk.createExclusive(path, bytes, mode);
    },
  };
}

const checkpoints = async (disk: Vfs): Promise<string[]> =>
  (await disk.list("r")).filter((name) => name.endsWith(".pawl"));

function go(disk: Vfs, options: FitOptions = {}, model = build()) {
  const all = { epochs: 4, batchSize: 8, shuffle: false, verbose: 0, run: { dir: "r", keep: 2 }, ...options } as const;
  return fitInMemory(model, x, y, all, new Map(), disk).then((history) => ({ model, history }));
}

describe("a disk that fills up", () => {
  test("with room for two: the older of two good checkpoints is removed, with one warning", async () => {
    const disk = memoryVfs();
    const { model } = await go(small(disk, { checkpoints: 2 }));
    expect(warnings).toEqual(['The disk is full (ENOSPC), so "r" keeps fewer checkpoints than it was asked to.']);
    expect(await checkpoints(disk)).toEqual(["checkpoint-000003-step-6.pawl", "checkpoint-000004-step-8.pawl"]);
    const again = await go(disk);
    expect(digest(again.model)).toBe(digest(model));
  });

  test("never removes the newest, the newest good or a pinned checkpoint", async () => {
    const disk = memoryVfs();
    const keep = { last: 3, pinned: [2] };
    await go(small(disk, { checkpoints: 3 }), { run: { dir: "r", keep } });
    expect(await checkpoints(disk)).toContain("checkpoint-000001-step-2.pawl");
    expect(await checkpoints(disk)).toContain("checkpoint-000004-step-8.pawl");
  });

  test("with room for one: training goes on, and fit rejects with the history when the last save has failed", async () => {
    const disk = memoryVfs();
    const model = build();
    const failed = go(small(disk, { checkpoints: 1 }), {}, model);
    await expect(failed).rejects.toMatchObject({
      code: "last-save-failed",
      data: { saves: ["the run folder at epoch 4, batch 0"], history: { epoch: [0, 1, 2, 3] } },
    });
    await expect(failed).rejects.toThrow(
      /^fit of Sequential "\w+" is done, but what it was to save last is not saved\. Received: saving the run folder at epoch 4, batch 0 failed: Cannot write .*the disk is full.*The model in memory is trained/,
    );
    const whole = await go(memoryVfs());
    expect(digest(model)).toBe(digest(whole.model));
    expect(await checkpoints(disk)).toEqual(["checkpoint-000000-step-0.pawl"]);
    expect((await go(disk)).history.history).toEqual(whole.history.history);
  });

  test('and onSaveFailure: "warn" lets fit resolve', async () => {
    const { history } = await go(small(memoryVfs(), { checkpoints: 1 }), { onSaveFailure: "warn" });
    expect(history.epoch).toEqual([0, 1, 2, 3]);
    expect(warnings.at(-1)).toMatch(/Training goes on, but saving the run folder at epoch 4, batch 0 failed/);
  });

  test("that has room again before the end holds the last state", async () => {
    const disk = memoryVfs();
    await go(small(disk, { checkpoints: 1, later: 9 }));
    expect(warnings.at(-1)).toMatch(/Training goes on, but saving the run folder at epoch 4, batch 0 failed/);
    expect((await checkpoints(disk)).at(-1)).toMatch(/step-8\.pawl$/);
  });
});

describe("files that callbacks ask for", () => {
  /** Saves fail for the paths that a test names. */
  function fit(failing: (path: string) => boolean, options: FitOptions) {
    const files = memoryVfs();
    const model = build();
    const saver = {
      ready: async () => undefined,
      save: async (_model: unknown, { path }: { path: string }) => {
        if (failing(path)) throw new Error("no room");
      },
    };
    const services = { files, saver, writer: inPlaceWriter(files), describe: () => null };
    return train(model.savable as Trainer, model, { x, y }, { epochs: 3, verbose: 0, ...options }, services);
  }

  test("make fit reject if a callback's last save failed, but not if a later one succeeded", async () => {
    const each = new ModelCheckpoint("e{epoch}.keras");
    const last = new ModelCheckpoint("last.keras");
    await fit((path) => path === "e2.keras", { callbacks: [each] });
    await expect(fit((path) => path === "e3.keras", { callbacks: [each, last] })).rejects.toMatchObject({
      code: "last-save-failed",
      data: { saves: ["e3.keras at epoch 3, batch 0"] },
    });
    await expect(fit(() => true, { callbacks: [each, last] })).rejects.toMatchObject({
      data: { saves: ["e3.keras at epoch 3, batch 0", "last.keras at epoch 3, batch 0"] },
    });
  });
});

describe("damaged newer checkpoints", () => {
  test("are renamed after a good save, with their contents kept", async () => {
    const disk = memoryVfs();
    await go(disk, { epochs: 2, run: { dir: "r", keep: 3 } });
    const newest = "r/checkpoint-000002-step-4.pawl";
    const bytes = new Uint8Array(await disk.readFile(newest));
    bytes[bytes.length - 100]! ^= 1;
    await disk.writeFile(newest, bytes);
    const whole = await go(memoryVfs(), { epochs: 3 });
    const more = await go(disk, { epochs: 3, run: { dir: "r", keep: 3 } });
    expect(more.history.history).toEqual(whole.history.history);
    expect(warnings.filter((text) => text.includes("passed over"))).toHaveLength(1);
    expect(await disk.list("r")).toContain("checkpoint-000002-step-4.pawl.damaged");
    expect([...(await disk.readFile(`${newest}.damaged`))]).toEqual([...bytes]);
    warnings = [];
    await go(disk, { epochs: 3, run: { dir: "r", keep: 3 } });
    expect(warnings).toEqual([]);
    expect((await new RunFolder(disk, "r").newestIntact()).damaged).toEqual([]);
  });

  test("that are only temporarily unreadable stay where they are", async () => {
    const disk = memoryVfs();
    await go(disk, { epochs: 2, run: { dir: "r", keep: 3 } });
    const newest = "r/checkpoint-000002-step-4.pawl";
    const failing: Vfs = {
      ...disk,
      readFile: (path) => (path === newest ? Promise.reject(fileError("EIO", "read", path)) : disk.readFile(path)),
    };
    await go(failing, { epochs: 2, run: { dir: "r", keep: 3 } });
    expect(await disk.list("r")).toContain("checkpoint-000002-step-4.pawl");
  });
});

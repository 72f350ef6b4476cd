import { cp, mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Vfs } from "../../src/core/vfs.js";
import { memoryVfs } from "../../src/core/vfs-memory.js";
import { nodeVfs } from "../../src/core/vfs-node.js";
import * as layers from "../../src/layers/index.js";
import { Sequential } from "../../src/model/index.js";
import * as random from "../../src/random/index.js";
import { holderOf, Lock, ownerToName, RunFolder, thisOwner } from "../../src/store/index.js";
import { Callback, type FitOptions } from "../../src/training/index.js";
import { fitInMemory } from "../resume/memory.js";
import { scratch } from "../resume/support.js";

const utf8 = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const x = random.normal([16, 3], { seed: 1 });
const y = random.normal([16, 1], { seed: 2 });
type Flushes = Parameters<Callback["onEpochBegin"]>[2];
const quick = { beat: 5, patience: 40 };

async function other(): Promise<Awaited<ReturnType<typeof thisOwner>>> {
  return { ...(await thisOwner()), host: "elsewhere", pid: 12 };
}

/** Ways to make a holder lose its folder, and the reason it gives. */
const losses: Record<string, [(disk: Vfs, folder: string) => Promise<void>, RegExp]> = {
  "another took it over": [
    async (disk, folder) => {
      await disk.writeFile(`${folder}/lock.2`, utf8({ owner: await other(), beat: 0 }));
      await disk.remove(`${folder}/lock.1`);
    },
    /process 12 on elsewhere took it over, since for a while nothing was seen of this process/,
  ],
  "the folder was made anew by another": [
    async (disk, folder) => disk.writeFile(`${folder}/lock.1`, utf8({ owner: await other(), beat: 0 })),
    /it was removed or emptied, and process 12 on elsewhere has begun anew in it/,
  ],
  "its lock was removed": [async (disk, folder) => disk.remove(`${folder}/lock.1`), /its lock was removed/],
};

describe.each(Object.entries(losses))("when %s", (_name, [lose, reason]) => {
  test("the next sign of life notices it, and leaves the files to their owner", async () => {
    const disk = memoryVfs();
    await disk.makeFolder("r");
    const lock = await Lock.take(disk, "r", quick);
    await lose(disk, "r");
    const left = await disk.list("r");
    await expect.poll(() => lock.lost?.code, { interval: 5 }).toBe("run-lost");
    expect(lock.lost!.message).toMatch(reason);
    await lock.release();
    expect(await disk.list("r")).toEqual(left);
  });

  test("a training stops with the reason at its next save, and writes no more", async () => {
    const disk = memoryVfs();
    const model = new Sequential([new layers.Dense(1, { inputShape: [3] })]);
    model.compile({ optimizer: "sgd", loss: "mse" });
    let left: string[] = [];
    class Lose extends Callback {
      override async onEpochBegin(epoch: number, _logs: object, context: Flushes): Promise<void> {
        if (epoch !== 1) return;
        await context.flush();
        await lose(disk, "r");
        left = await disk.list("r");
        // Longer than the result of a look is valid.
        await new Promise((resolve) => setTimeout(resolve, 1100));
      }
    }
    const options: FitOptions = { epochs: 3, verbose: 0, run: "r", callbacks: [new Lose()] };
    const failed = fitInMemory(model, x, y, options, new Map(), disk);
    await expect(failed).rejects.toMatchObject({ code: "run-lost", message: expect.stringMatching(reason) });
    await expect(failed).rejects.not.toThrow(/overwrite/);
    expect(await disk.list("r")).toEqual(left);
  });
});

describe("a checkpoint file that another process has written", () => {
  test("is never overwritten", async () => {
    const disk = memoryVfs();
    const folder = new RunFolder(disk, "r");
    await folder.open();
    await disk.writeFile("r/checkpoint-000000-step-3.pawl", new Uint8Array(1));
    const writing = folder.commit(3, { json: 1, tensors: {} });
    await expect(writing).rejects.toMatchObject({ code: "run-folder-changed" });
    await expect(writing).rejects.not.toThrow(/overwrite/);
    await disk.writeFile("r/checkpoint-000001-step-3.pawl", new Uint8Array(1));
    await disk.writeFile("r/lock.1", utf8({ owner: await other(), beat: 0 }));
    await expect(folder.commit(3, { json: 1, tensors: {} })).rejects.toMatchObject({ code: "run-lost" });
  });
});

describe("a lock names its folder", () => {
  test("so that a copy of a run is not in use, and can be resumed at the same time", async () => {
    const disk = nodeVfs();
    const [folder, copy, moved] = ["run", "copy", "moved"].map((name) => join(scratch(), name)) as [
      string,
      string,
      string,
    ];
    await mkdir(folder);
    const lock = await Lock.take(disk, folder);
    await cp(folder, copy, { recursive: true });
    expect(await holderOf(disk, folder)).toBe("alive");
    expect(await holderOf(disk, copy)).toBe("none");
    const second = await Lock.take(disk, copy);
    await expect(Lock.take(disk, folder)).rejects.toThrow(/is in use by process/);
    await second.release();
    // A moved folder is the same folder.
    await rename(folder, moved);
    expect(await holderOf(disk, moved)).toBe("alive");
    await rename(moved, folder);
    await lock.release();
    await rm(folder, { recursive: true });
  });

  test("and only there, not in a copy, is a holder on another machine waited for", async () => {
    const disk = nodeVfs();
    const folder = join(scratch(), "run");
    await mkdir(folder);
    const { place } = (await disk.stat(folder))!;
    const number = place!.split(":")[1]!;
    const held = async (path: string, where: string) => {
      await disk.writeFile(
        join(folder, "lock.1"),
        utf8({ owner: await other(), folder: { path, place: where }, beat: 0 }),
      );
      return holderOf(disk, folder);
    };
    expect(await held("/mnt/run", `1:${number}`)).toBe("unknown");
    expect(await held(folder, "1:1")).toBe("unknown");
    expect(await held("/mnt/run", "1:1")).toBe("none");
  });
});

test("leftovers of dead processes are removed when a folder is opened, even if its run is finished", async () => {
  const disk = memoryVfs();
  const model = () => {
    const made = new Sequential([new layers.Dense(1, { inputShape: [3] })]);
    made.compile({ optimizer: "sgd", loss: "mse" });
    return made;
  };
  const options: FitOptions = { epochs: 1, verbose: 0, run: "r" };
  await fitInMemory(model(), x, y, options, new Map(), disk);
  const dead = ownerToName({ ...(await thisOwner()), start: "1" });
  const alive = ownerToName(await other());
  for (const owner of [dead, alive])
    await disk.writeFile(`r/.checkpoint~0123abcd~${owner}.pawl-tmp`, new Uint8Array(1));
  // Each process sweeps a folder once.
  const fresh: Vfs = { ...disk };
  await fitInMemory(model(), x, y, options, new Map(), fresh);
  expect((await disk.list("r")).filter((name) => name.startsWith("."))).toEqual([
    `.checkpoint~0123abcd~${alive}.pawl-tmp`,
  ]);
});

import { afterAll, describe, expect, test } from "vitest";
import type { StateValue } from "../../src/core/stateful.js";
import { Tensor } from "../../src/core/tensor.js";
import type { Vfs } from "../../src/core/vfs.js";
import { commitFile, RunFolder, retain } from "../../src/store/index.js";
import { crashesOf, recordedDisk } from "../support/crash-disk.js";
import { publish, scaled } from "./figures.js";

/** For each acknowledged save, in order, the number of disk states recorded before it. */
interface Acknowledged {
  readonly after: number;
  readonly index: number;
}

interface Recording {
  readonly disk: ReturnType<typeof recordedDisk>;
  readonly acknowledged: readonly Acknowledged[];
  /** Reads the disk after a crash; -1 when there is nothing. Throws unless it holds exactly what was saved. */
  readonly survivor: (disk: Vfs) => Promise<number>;
  /** Saves again on a disk after a crash, and reads that back. */
  readonly goOn: (disk: Vfs) => Promise<void>;
}

const stateOf = (index: number, size: number): StateValue => ({
  json: { index, size },
  tensors: { w: Tensor.full([size], index + 0.5), count: Tensor.scalar(index, "int32") },
});

/** A training's saves: checkpoints, a log, and old ones removed. */
async function runs(dir: string, commits: number, last: number, size: number): Promise<Recording> {
  const disk = recordedDisk();
  const folder = new RunFolder(disk, dir);
  const acknowledged: Acknowledged[] = [];
  const policy = { last, best: 0, mode: "min", every: null, seconds: null, pinned: [], bytes: null } as const;
  await folder.open();
  for (let index = 0; index < commits; index++) {
    await folder.commit(index * 10, stateOf(index, size));
    acknowledged.push({ after: disk.states.length, index });
    const known = (await folder.list()).map((entry) => ({ ...entry, score: null, finite: true, bytes: 1, time: 0 }));
    const kept = retain(known, policy, 0);
    await folder.remove(known.filter((entry) => !kept.has(entry)));
    if (index % Math.ceil(commits / 3) === 0) {
      folder.record.add({ event: "warning", time: 0, step: index, text: "" });
      await folder.record.flush();
    }
  }
  // Otherwise the lock's signs of life would keep changing the disk.
  await folder.close();
  const read = async (vfs: Vfs): Promise<number> => {
    const { found, damaged } = await new RunFolder(vfs, dir).newestIntact();
    expect(damaged).toEqual([]);
    if (found === null) return -1;
    const { index } = found.state.json as { index: number };
    const { json, tensors } = stateOf(index, size);
    expect({ json: found.state.json, tensors: { ...found.state.tensors } }).toEqual({ json, tensors });
    return index;
  };
  return {
    disk,
    acknowledged,
    survivor: read,
    async goOn(vfs) {
      const again = new RunFolder(vfs, dir);
      await again.commit(999, stateOf(commits, size));
      expect(await read(vfs)).toBe(commits);
    },
  };
}

/** One file written repeatedly, as by a checkpoint callback that keeps the best. */
async function overwrites(path: string, commits: number, size: number): Promise<Recording> {
  const disk = recordedDisk();
  const acknowledged: Acknowledged[] = [];
  const content = (index: number) => new Uint8Array(size + index).fill(index + 1);
  for (let index = 0; index < commits; index++) {
    await commitFile(disk, path, [content(index).subarray(0, 7), content(index).subarray(7)]);
    acknowledged.push({ after: disk.states.length, index });
  }
  const survivor = async (vfs: Vfs): Promise<number> => {
    if ((await vfs.stat(path)) === undefined) return -1;
    const bytes = await vfs.readFile(path);
    expect(bytes).toEqual(content(bytes.length - size));
    return bytes.length - size;
  };
  return {
    disk,
    acknowledged,
    survivor,
    async goOn(vfs) {
      await commitFile(vfs, path, content(commits));
      expect(await survivor(vfs)).toBe(commits);
    },
  };
}

const RECORDINGS: readonly (readonly [string, () => Promise<Recording>])[] = [
  ["a run that keeps one checkpoint", () => runs("runs/a", scaled(48, 24, 4), 1, 20)],
  ["a run that keeps two", () => runs("/runs/b", scaled(48, 24, 4), 2, 3)],
  ["a run that keeps three, of larger states", () => runs("c", scaled(32, 16, 3), 3, 500)],
  ["a file that is written over", () => overwrites("best/model.keras", scaled(60, 30, 6), 100)],
];

const totals = { states: 0, distinct: 0, saves: 0 };

describe("after a crash at any moment, with unsynced writes lost, done or torn", () => {
  test.each(RECORDINGS)(
    "%s holds exactly what was acknowledged, and goes on",
    async (_, record) => {
      const { disk, acknowledged, survivor, goOn } = await record();
      const seen = new Set<string>();
      let states = 0;
      for (const [moment, state] of disk.states.entries()) {
        const atLeast = acknowledged.filter(({ after }) => after <= moment + 1).at(-1)?.index ?? -1;
        const atMost = atLeast + 1;
        for (const crashed of crashesOf(state)) {
          states++;
          const key = `${atLeast} ${crashed.key}`;
          if (seen.has(key)) continue;
          seen.add(key);
          const mounted = await crashed.mount();
          const index = await survivor(mounted);
          if (index < atLeast || index > atMost)
            expect.fail(`state ${states}: ${index} is not in ${atLeast}…${atMost}`);
          if (seen.size % 8 === 0) await goOn(mounted);
        }
      }
      expect(seen.size).toBeGreaterThan(40);
      totals.states += states;
      totals.distinct += seen.size;
      totals.saves += acknowledged.length;
    },
    1_200_000,
  );

  afterAll(() => publish("crash-states", totals));
});

test("this test notices a disk whose fsync does not keep its promise", async () => {
  const { disk, acknowledged, survivor } = await runs("r", 3, 1, 8);
  const lies = { ...disk.states.at(-1)!, names: new Map() };
  const [crashed] = crashesOf(lies);
  expect(await survivor(await crashed!.mount())).toBe(-1);
  expect(acknowledged.at(-1)!.index).toBe(2);
});

import { expect, test } from "vitest";
import type { Vfs } from "../../core/vfs.js";
import { fileError, memoryVfs } from "../../core/vfs-memory.js";
import { RecordReader } from "./record-reader.js";
import { COLUMNS_FOLDER, RecordStore } from "./record-store.js";

const POINTS = 4000;
const line = (step: number): object => ({
  event: "batch",
  time: 1000 + step,
  step,
  epoch: Math.floor(step / 100),
  batch: step % 100,
  // A key may have the name of a column that all points have, or of another table's.
  logs: { loss: 1 / (step + 1), ...(step < 10 ? { early: step } : {}), step: -step, "epochs/x": 3 },
  rates: {},
  stepMs: step === 0 ? null : 2,
});
const encode = (...events: readonly object[]): Uint8Array =>
  new TextEncoder().encode(events.map((event) => `${JSON.stringify(event)}\n`).join(""));
const KEYS = ["loss", "early", "step", "epochs/x", "step_ms", "none"];

async function world(): Promise<Vfs> {
  const files = memoryVfs();
  await files.makeFolder("runs/a");
  const points = Array.from({ length: POINTS }, (_, step) => line(step));
  const start = { event: "start", time: 5, step: 0, epochs: 3, seed: 7, config: { model: { a: 1 } } };
  const warning = { event: "warning", time: 6, step: 1, text: "careful" };
  await files.writeFile("runs/a/log.jsonl", encode(start, warning, ...points));
  return files;
}

/** Counts the bytes that are read of the record. */
function counted(files: Vfs): { vfs: Vfs; bytes: () => number } {
  let read = 0;
  const vfs: Vfs = {
    ...files,
    readRange: async (path, from, length) => {
      const bytes = await files.readRange(path, from, length);
      if (path.endsWith("log.jsonl")) read += bytes.length;
      return bytes;
    },
  };
  return { vfs, bytes: () => read };
}

const fileIn = async (files: Vfs): Promise<string> =>
  `runs/${COLUMNS_FOLDER}/${(await files.list(`runs/${COLUMNS_FOLDER}`)).find((name) => name.endsWith(".bin"))}`;

async function plain(files: Vfs): Promise<RecordReader> {
  const reader = new RecordReader(files, "runs/a");
  await reader.update();
  return reader;
}

test("curves of a long record are read without it, and are those of the record", async () => {
  const files = await world();
  const direct = await new RecordStore(files, "runs").curves("runs/a", "batches", KEYS);
  const { vfs, bytes } = counted(files);
  const kept = await new RecordStore(vfs, "runs").curves("runs/a", "batches", KEYS);
  expect(bytes()).toBe(0);
  expect(kept).toEqual(direct);
  expect([kept.length, [...kept.columns.keys()]]).toEqual([POINTS, ["loss", "early", "step", "epochs/x", "step_ms"]]);
  expect([...kept.columns.get("early")!.subarray(8, 11)]).toEqual([8, 9, Number.NaN]);
  expect([kept.x[7], kept.columns.get("step")![7]]).toEqual([7, -7]);
});

test("a record that grows is read on from where its columns end, and is the same as one read whole", async () => {
  const files = await world();
  await new RecordStore(files, "runs").record("runs/a");
  const more = encode({ event: "start", time: 9, step: 3990, turnsBack: true }, line(3991), line(5000));
  await files.appendFile("runs/a/log.jsonl", more);
  const { vfs, bytes } = counted(files);
  const record = await new RecordStore(vfs, "runs").record("runs/a");
  expect(bytes()).toBeLessThanOrEqual(more.length + 128);
  expect(record.dump()).toEqual((await plain(files)).dump());
  expect([record.batches.length, record.starts.length, record.starts[0]!.config.model]).toEqual([3993, 2, { a: 1 }]);
});

test("columns of a record that was replaced are not used", async () => {
  const files = await world();
  await new RecordStore(files, "runs").record("runs/a");
  const other = Array.from({ length: POINTS + 500 }, (_, step) => ({ ...line(step), epoch: 1 }));
  await files.writeFile("runs/a/log.jsonl", encode(...other));
  const record = await new RecordStore(files, "runs").record("runs/a");
  expect(record.dump()).toEqual((await plain(files)).dump());
});

test("columns in which a bit has changed, or that were cut, are made anew", async () => {
  const files = await world();
  const store = (): RecordStore => new RecordStore(files, "runs");
  const right = await store().curves("runs/a", "batches", KEYS);
  const path = await fileIn(files);
  const good = await files.readFile(path);
  for (let at = 0; at < good.length; at += Math.ceil(good.length / 30)) {
    const bytes = good.slice();
    bytes[at]! ^= 1 << (at % 8);
    await files.writeFile(path, at % 3 === 0 ? bytes.subarray(0, at) : bytes);
    expect(await store().curves("runs/a", "batches", KEYS)).toEqual(right);
    expect((await store().record("runs/a")).dump()).toEqual((await plain(files)).dump());
  }
});

test("a folder that cannot be written works without columns, and a short record needs none", async () => {
  const files = await world();
  const readOnly: Vfs = {
    ...files,
    makeFolder: async (path) => {
      throw fileError("EROFS", "mkdir", path);
    },
  };
  expect((await new RecordStore(readOnly, "runs").curves("runs/a", "batches", ["loss"])).length).toBe(POINTS);
  await files.makeFolder("runs/b");
  await files.writeFile("runs/b/log.jsonl", encode(line(1)));
  expect((await new RecordStore(files, "runs").curves("runs/b", "batches", ["loss"])).length).toBe(1);
  expect(await files.list("runs")).toEqual(["a", "b"]);
});

test("two who ask for a record at once get one reader, updated once", async () => {
  const store = new RecordStore(await world(), "runs");
  const [one, two] = await Promise.all([store.record("runs/a"), store.record("runs/a")]);
  expect([one === two, one.batches.length]).toEqual([true, POINTS]);
});

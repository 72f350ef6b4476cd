import { describe, expect, test } from "vitest";
import type { Vfs } from "../../core/vfs.js";
import { fileError, memoryVfs } from "../../core/vfs-memory.js";
import { INDEX_FILE } from "./index-file.js";
import { readNotes, writeNotes } from "./notes.js";
import { RunIndex, readRuns } from "./run-index.js";

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const lines = (...events: readonly object[]): Uint8Array =>
  encode(events.map((event) => `${JSON.stringify(event)}\n`).join(""));

const start = {
  event: "start",
  time: 1000,
  step: 0,
  format: 1,
  kind: "fit",
  epochs: 2,
  steps: 5,
  seed: 3,
  config: {
    identity: { fit: { batchSize: 20 }, compile: { optimizer: { class: "Adam", learning_rate: 0.1 }, loss: "mse" } },
    model: { class_name: "Sequential", config: { name: "price" } },
  },
};
const epoch = (number: number, loss: number): object => ({
  event: "epoch",
  time: 1001 + number,
  step: 5 * (number + 1),
  epoch: number,
  logs: { loss },
  rates: {},
  seconds: 1,
});
const stop = { event: "stop", time: 2000, step: 10, why: "finished", by: null };

async function world(): Promise<Vfs> {
  const files = memoryVfs();
  for (const name of ["a", "deep/b", "empty"]) await files.makeFolder(`runs/${name}`);
  await files.writeFile("runs/a/log.jsonl", lines(start, epoch(0, 3), epoch(1, 2), stop));
  await files.writeFile("runs/a/checkpoint-000001-step-10.pawl", new Uint8Array(100));
  await files.writeFile("runs/deep/b/log.jsonl", lines(start, epoch(0, 3)));
  return files;
}

/** Counts what is read of records. */
function counted(files: Vfs): { vfs: Vfs; read: string[] } {
  const read: string[] = [];
  const vfs: Vfs = {
    ...files,
    readRange: (path, from, length) => {
      read.push(path);
      return files.readRange(path, from, length);
    },
  };
  return { vfs, read };
}

describe("the index of runs", () => {
  test("says of each run where it stands, its values and settings", async () => {
    const runs = await readRuns(await world(), "runs");
    expect(runs.map(({ path, state, epoch, step }) => [path, state, epoch, step])).toEqual([
      ["runs/a", "finished", 2, 10],
      ["runs/deep/b", "unfinished", 1, 5],
    ]);
    expect(runs[0]).toMatchObject({
      model: "price",
      epochs: 2,
      seed: 3,
      checkpoints: 1,
      started: 1000,
      time: 2000,
      settings: { "fit.batchSize": 20, "compile.optimizer.class": "Adam", "compile.loss": "mse" },
      measures: { loss: { last: 2, min: 2, minStep: 10, max: 3, maxStep: 5 } },
      curve: { key: "loss", values: [3, 2] },
      counts: { starts: 1, epochs: 2, batches: 0, passedOver: 0 },
      broken: "",
    });
  });

  test("a second look reads only the records that have changed", async () => {
    const files = await world();
    const first = await readRuns(files, "runs");
    const { vfs, read } = counted(files);
    expect(await readRuns(vfs, "runs")).toEqual(first);
    expect(read).toEqual([]);
    await files.appendFile("runs/deep/b/log.jsonl", lines(epoch(1, 1), stop));
    const [, b] = await readRuns(vfs, "runs");
    expect([b!.state, new Set(read)]).toEqual(["finished", new Set(["runs/deep/b/log.jsonl"])]);
  });

  test("runs that came, went or got checkpoints and notes are seen", async () => {
    const files = await world();
    const index = new RunIndex(files, "runs");
    await index.look();
    await files.remove("runs/deep/b/log.jsonl");
    await files.makeFolder("runs/c");
    await files.writeFile("runs/c/checkpoint-000000-step-0.pawl", new Uint8Array(7));
    await writeNotes(files, "runs/a", { name: "best", note: "keep", tags: ["x", "x", " y "] });
    const runs = await index.look();
    expect(runs.map(({ path, state, bytes }) => [path, state, bytes > 6])).toEqual([
      ["runs/a", "finished", true],
      ["runs/c", "unknown", true],
    ]);
    expect(runs[0]!.notes).toEqual({ name: "best", note: "keep", tags: ["x", "y"] });
    expect(await readRuns(files, "runs")).toEqual(runs);
  });

  test.each([
    ["missing", null],
    ["empty", ""],
    ["cut", '{"index":"pawl","version":1}\n["a",{"log"'],
    ["of another version", '{"index":"pawl","version":99}\n'],
    ["of other shape", '{"index":"pawl","version":1}\n["a",{"log":{"size":1,"modified":2}}]\n["deep/b",7]\n'],
  ])("an index that is %s is made anew", async (_, text) => {
    const files = await world();
    const right = await readRuns(files, "runs");
    const good = await files.readFile(`runs/${INDEX_FILE}`);
    if (text === null) await files.remove(`runs/${INDEX_FILE}`);
    else await files.writeFile(`runs/${INDEX_FILE}`, encode(text));
    expect(await readRuns(files, "runs")).toEqual(right);
    expect(await files.readFile(`runs/${INDEX_FILE}`)).toEqual(good);
  });

  test("an index in which bits have changed is made anew", async () => {
    const files = await world();
    const right = await readRuns(files, "runs");
    const good = await files.readFile(`runs/${INDEX_FILE}`);
    for (let at = 0; at < good.length; at += 7) {
      const bytes = good.slice();
      bytes[at]! ^= 1 << (at % 8);
      await files.writeFile(`runs/${INDEX_FILE}`, bytes);
      expect(await readRuns(files, "runs")).toEqual(right);
    }
  });

  test("a folder that cannot be written works without an index", async () => {
    const files = await world();
    const readOnly: Vfs = {
      ...files,
      createExclusive: async (path) => {
        throw fileError("EROFS", "open", path);
      },
    };
    expect(await readRuns(readOnly, "runs")).toHaveLength(2);
    expect(await files.list("runs")).not.toContain(INDEX_FILE);
  });

  test("a run that cannot be read says why, and the others are there", async () => {
    const files = await world();
    const broken: Vfs = {
      ...files,
      readRange: async (path, from, length) => {
        if (path === "runs/a/log.jsonl") throw fileError("EIO", "read", path);
        return files.readRange(path, from, length);
      },
    };
    const runs = await readRuns(broken, "runs");
    expect(runs.map(({ path, state, broken: why }) => [path, state, why !== ""])).toEqual([
      ["runs/a", "unknown", true],
      ["runs/deep/b", "unfinished", false],
    ]);
    expect(runs[0]!.broken).toContain('Cannot read "runs/a/log.jsonl"');
  });

  test("a run folder given itself is the one run", async () => {
    const files = await world();
    expect((await readRuns(files, "runs/a")).map(({ path }) => path)).toEqual(["runs/a"]);
    expect((await readRuns(files, "runs/a")).map(({ path }) => path)).toEqual(["runs/a"]);
  });
});

describe("notes", () => {
  test("are none where there is no file, and an error where the file is something else", async () => {
    const files = await world();
    expect(await readNotes(files, "runs/a")).toEqual({ name: "", note: "", tags: [] });
    await files.writeFile("runs/a/notes.json", encode("[1"));
    await expect(readNotes(files, "runs/a")).rejects.toThrow(
      '"runs/a/notes.json" holds no notes. Received: no JSON object',
    );
    await files.writeFile("runs/a/notes.json", encode('{"name":3,"tags":["a",4,""]}'));
    expect(await readNotes(files, "runs/a")).toEqual({ name: "", note: "", tags: ["a"] });
  });
});

import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { memoryVfs } from "../../src/core/vfs-memory.js";
import { Records } from "../../src/data/records/records.js";
import type { RecordSource } from "../../src/data/records/source.js";
import type * as sources from "../../src/data/sources/index.js";
import { SOURCES } from "../contracts/data-sources.cases.js";
import { extentOf } from "../support/extent.js";
import { emitProgram, runNode } from "../support/run-ts.js";

/** How a program opens the files of the source's row. */
const OPENED: Record<keyof typeof sources, string> = {
  arrow: `data.arrow("data/*.arrow")`,
  audioFolder: `data.audioFolder("root", { shuffle: false, labels: null })`,
  csv: `data.csv("data/*.csv", { types: { id: "int", part: "float" } })`,
  imageFolder: `data.imageFolder("root", { imageSize: 8, shuffle: false })`,
  jsonLines: `data.jsonLines(["a.jsonl", "b.jsonl"])`,
  npy: `data.npy({ x: ["x-0.npy", "x-1.npy"], y: "y.npy" })`,
  npz: `data.npz("*.npz")`,
  parquet: `data.parquet("data/*.parquet")`,
  tar: `data.tar("*.tar")`,
  textFolder: `data.textFolder("root", { shuffle: false, labelMode: "binary" })`,
  textLines: `data.textLines("t.txt")`,
  tfRecord: `data.tfRecord("t-*.tfrecord", { features: {
    id: { dtype: "int64" }, name: { dtype: "string" }, grid: { dtype: "float32", shape: [2, 3] },
  } })`,
};

/** A record as text, made in workers. */
function told(record: object): { text: string } {
  const plain = (_key: string, value: unknown): unknown => {
    if (typeof value === "bigint") return `${value}n`;
    if (typeof value === "number" && (!Number.isFinite(value) || Object.is(value, -0))) {
      return Object.is(value, -0) ? "-0" : String(value);
    }
    if (ArrayBuffer.isView(value)) return [value.constructor.name, Array.from(value as Uint8Array, String)];
    return value;
  };
  return { text: JSON.stringify(record, plain) };
}

/** Opens the source anew at each place, and prints the record that comes first there. */
const PROGRAM = `
import { data } from "pawl";
${told}
const [opened, workers, places] = process.argv.slice(2);
const open = { ${Object.entries(OPENED).map(([name, open]) => `${name}: () => ${open}`)} };
const found = [];
for (const [isShuffled, pass, from] of JSON.parse(places)) {
  const source = await open[opened]();
  const records = (isShuffled ? source.shuffle() : source).map(told, { workers: Number(workers) });
  const stream = records.batch(1, { x: "text" }).open({ batchSize: 1, shuffle: false, seed: 5, pass, from });
  found.push((await stream.next()).x[0].data[0]);
  await stream.close();
  await records.close();
}
console.log(JSON.stringify(found));
`;

type Place = readonly [isShuffled: boolean, pass: number, from: number];

const extent = extentOf("PAWL_SOURCES");
const WORKERS = { little: [0, 2], some: [0, 1, 2, 4], full: [0, 1, 2, 4] }[extent];
/** Records of each order and pass that a process goes on at. */
const PLACES = { little: 2, some: 12, full: Number.POSITIVE_INFINITY }[extent];

/** From the first record to the last, others for each number of workers; all together, where all are walked. */
function placesOf(length: number, turn: number): Place[] {
  const count = Math.min(length, PLACES);
  const places: Place[] = [];
  for (const [k, isShuffled] of [false, true].entries()) {
    for (const pass of [0, 1]) {
      const shift = count === length ? 0 : (turn * 37 + k * 11 + pass * 5) % length;
      for (let i = 0; i < count; i++)
        places.push([isShuffled, pass, (Math.floor((i * length) / count) + shift) % length]);
    }
  }
  return extent === "full" ? places.filter((_, i) => i % WORKERS.length === turn) : places;
}

describe.each(Object.keys(OPENED) as (keyof typeof OPENED)[])(
  "data.%s goes on at any record in a fresh process",
  (name) => {
    test(`with ${WORKERS.join(", ")} workers`, { timeout: extent === "full" ? 3_600_000 : 60_000 }, async () => {
      const row = SOURCES[name];
      const files = await row.files();
      const folder = mkdtempSync(join(tmpdir(), "pawl-sources-"));
      const memory = memoryVfs();
      for (const [path, bytes] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), bytes);
        await memory.makeFolder(dirname(path));
        await memory.writeFile(path, bytes);
      }
      const records = Records.from((await row.open(memory)) as RecordSource<object>, "them").map(told);
      const shuffled = Records.from((await row.open(memory)) as RecordSource<object>, "them")
        .shuffle()
        .map(told);
      const passes = new Map<string, string[]>();
      const expected = async ([isShuffled, epoch, from]: Place): Promise<string> => {
        const key = `${isShuffled} ${epoch}`;
        if (!passes.has(key)) {
          const all: string[] = [];
          for await (const { text } of (isShuffled ? shuffled : records).pass({ seed: 5, epoch })) all.push(text);
          passes.set(key, all);
        }
        return passes.get(key)![from]!;
      };
      const program = emitProgram("sources-fresh", PROGRAM);
      const walk = async (workers: number, turn: number): Promise<void> => {
        const places = placesOf(row.length, turn);
        // A command line has an end.
        for (let start = 0; start < places.length; start += 500) {
          const some = places.slice(start, start + 500);
          const { code, stdout, stderr } = await runNode(program, folder, [
            name,
            String(workers),
            JSON.stringify(some),
          ]);
          expect([stderr, code]).toEqual(["", 0]);
          expect(JSON.parse(stdout)).toEqual(await Promise.all(some.map(expected)));
        }
      };
      const all = WORKERS.map((workers, i) => [workers, i] as const);
      for (let i = 0; i < all.length; i += 2) await Promise.all(all.slice(i, i + 2).map(([w, turn]) => walk(w, turn)));
      expect(
        new Set(passes.get("true 0")).size === 1 || passes.get("true 0")!.join() !== passes.get("true 1")!.join(),
      ).toBe(true);
    });
  },
);

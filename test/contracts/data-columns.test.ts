import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PawlError } from "../../src/core/errors.js";
import { folderOf } from "../../src/core/paths.js";
import type { Vfs } from "../../src/core/vfs.js";
import { memoryVfs } from "../../src/core/vfs-memory.js";
import { Records } from "../../src/data/records/records.js";
import type { DataRecord, RecordSource } from "../../src/data/records/source.js";
import { csvBlock, tableOf } from "../../src/data/sources/csv-block.js";
import { type CsvColumn, MISSING } from "../../src/data/sources/csv-columns.js";
import { CsvRows } from "../../src/data/sources/csv-rows.js";
import { indexText } from "../../src/data/sources/indexed-text.js";
import type { TextEncoding } from "../../src/data/sources/text-encoding.js";
import { SOURCES } from "./data-sources.cases.js";

type Files = Readonly<Record<string, Uint8Array>>;

async function diskOf(files: Files): Promise<Vfs> {
  const disk = memoryVfs();
  for (const [path, bytes] of Object.entries(files)) {
    await disk.makeFolder(folderOf(path));
    await disk.writeFile(path, bytes);
  }
  return disk;
}

/** All batches of two passes, and how the reading ended. */
async function batches(records: Records<DataRecord>, fields: readonly string[]): Promise<unknown[]> {
  const out: unknown[] = [];
  for (const pass of [0, 1]) {
    const all = records.batch(7, { x: fields, y: fields[0]! });
    const stream = all.open({ batchSize: 7, shuffle: false, seed: 3, pass, from: pass });
    try {
      for (let batch = await stream.next(); batch !== null; batch = await stream.next()) {
        out.push([...batch.x, ...batch.y].map(({ data, dtype, shape }) => [dtype, shape, Array.from(data as never)]));
        stream.recycle?.(batch);
      }
    } catch (error) {
      if (!(error instanceof PawlError)) throw error;
      out.push([error.code, error.message]);
    }
  }
  return out;
}

const ways: Readonly<Record<string, (records: Records<DataRecord>) => Records<DataRecord>>> = {
  "in order": (records) => records,
  shuffled: (records) => records.shuffle({ window: 2 }),
  "some of them": (records) => records.skip(1).shard(2, 0).take(1200),
};

const packed = Object.entries(SOURCES).filter(([, row]) => row.packed !== undefined);

test("tables and CSV have columns", () => {
  expect(packed.map(([name]) => name).sort()).toEqual(["arrow", "csv", "parquet"]);
});

describe.each(packed)("data.%s", (_name, row) => {
  const opened = async (files: Files) =>
    Records.from((await row.open(await diskOf(files))) as RecordSource<DataRecord>, "them");

  test("has its columns of numbers and of text without records", async () => {
    expect((await row.open(await diskOf(await row.files()))).packed).toEqual(row.packed);
  });

  test.each(Object.entries(ways))("batches made of columns are those made of records: %s", async (_way, made) => {
    const fields = Object.keys(row.packed!);
    const files = await row.files();
    const all: Files[] = [files];
    for (const { file, change } of Object.values(row.damage)) all.push({ ...files, [file]: change(files[file]!) });
    let errors = 0;
    for (const some of all) {
      const records = await opened(some).catch(() => null);
      if (records === null) continue;
      const byRecords = await batches(
        made(records).map((record) => ({ ...record })),
        fields,
      );
      expect(await batches(made(await opened(some)), fields)).toEqual(byRecords);
      if (byRecords.some((batch) => typeof (batch as unknown[])[0] === "string")) errors++;
    }
    expect(errors).toBeGreaterThan(0);
  });
});

describe("a block of CSV", () => {
  const COLUMNS: readonly CsvColumn[] = [
    { name: "int", type: "int", isKept: true, fill: undefined },
    { name: "skipped", type: "int", isKept: false, fill: undefined },
    { name: "float", type: "float", isKept: true, fill: Number.NaN },
    { name: "text", type: "string", isKept: true, fill: "none" },
    { name: "truth", type: "bool", isKept: true, fill: false },
    { name: "last", type: "float", isKept: true, fill: -1 },
  ];

  const whole = fc.oneof(fc.integer().map(String), fc.maxSafeInteger().map(String), fc.constantFrom("-0", "7.", "2.0"));
  const float = fc.oneof(
    fc.double().map(String),
    fc.float({ noNaN: true, noDefaultInfinity: true }).map((value) => value.toFixed(4)),
    fc.stringMatching(/^-?\d{0,12}\.?\d{0,26}$/u),
  );
  const odd = fc.constantFrom(
    "",
    " ",
    "NA",
    "+1",
    " 5 ",
    "1e5",
    "1,2",
    '"3"',
    '"a""b"',
    'a"',
    "-",
    ".",
    "é",
    "\r",
    "inf",
  );
  const cell = (usual: fc.Arbitrary<string>) =>
    fc.oneof({ weight: 30, arbitrary: usual }, { weight: 1, arbitrary: odd });
  const record = fc
    .tuple(
      cell(whole),
      cell(whole),
      cell(float),
      cell(fc.constantFrom("", "a", "ß b", "long text")),
      cell(fc.constantFrom("true", "False", "")),
      cell(float),
    )
    .map((cells) => cells.join(","));
  const line = fc.oneof({ weight: 20, arbitrary: record }, { weight: 1, arbitrary: fc.constantFrom("", "1,2", "\r") });
  const text = fc.tuple(fc.array(line, { minLength: 1, maxLength: 8 }), fc.constantFrom("\n", "\r\n"), fc.boolean());

  test.each([
    ["utf-8", ",", MISSING],
    ["latin1", ",", MISSING],
    ["utf-16le", ",", MISSING],
    ["utf-8", "-", MISSING],
    ["utf-8", ",", ["7.", "-0"]],
  ] as const)(
    "in %s, with %s: each record is that of its own bytes, to the bit",
    async (encoding, delimiter, missing) => {
      const count = { records: 0, errors: 0 };
      await fc.assert(
        fc.asyncProperty(text, async ([lines, end, isEnded]) => {
          const whole = (lines.join(end) + (isEnded ? end : "")).replaceAll(",", delimiter);
          const read = await bothWays(whole, encoding, delimiter, missing);
          expect(read.packed).toEqual(read.alone);
          for (const one of read.alone) count[typeof one === "string" ? "errors" : "records"]++;
        }),
        { numRuns: 300 },
      );
      expect(Math.min(count.records, count.errors)).toBeGreaterThan(20);
    },
  );

  async function bothWays(text: string, encoding: TextEncoding, delimiter: string, missing: readonly string[]) {
    const files = memoryVfs();
    const node = ({ "utf-8": "utf8", "utf-16le": "utf16le", latin1: "latin1" } as const)[encoding];
    await files.writeFile("t.csv", new Uint8Array(Buffer.from(text, node)));
    const marks = { delimiter: delimiter.charCodeAt(0), quote: 34, encoding };
    const file = { path: "t.csv", name: "t.csv", size: (await files.stat("t.csv"))!.size };
    const indexed = await indexText(file, { ...marks, header: false, skipBlank: true }, files);
    const split = (): never => {
      throw new Error("no CSV");
    };
    const rows = new CsvRows({ ...marks, path: "t.csv", columns: COLUMNS, missing: new Set(missing), split });
    const packed: unknown[] = [];
    const alone: unknown[] = [];
    for (let i = 0; i < indexed.blocks.length; i++) {
      const block = await indexed.block(i);
      alone.push(...rows.read(block).map(said));
      const made = csvBlock(rows, tableOf(COLUMNS), block);
      for (let row = 0; row < made.length; row++) packed.push(said(made.at(row)));
    }
    return { packed, alone };
  }

  /** Errors as their text, so that they can be compared. */
  const said = (record: unknown): unknown =>
    record instanceof PawlError ? `${record.code}: ${record.message}` : record;
});

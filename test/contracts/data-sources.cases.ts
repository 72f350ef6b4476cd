import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import * as arrow from "apache-arrow";
import { parquetMetadata } from "hyparquet";
import { parquetWriteBuffer } from "hyparquet-writer";
import { expect } from "vitest";
import { joinBytes } from "../../src/core/join-bytes.js";
import { Tensor } from "../../src/core/tensor.js";
import type { Vfs } from "../../src/core/vfs.js";
import type { RecordSource } from "../../src/data/records/source.js";
import { openArrow } from "../../src/data/sources/arrow.js";
import { openAudioFolder } from "../../src/data/sources/audio-folder.js";
import { openCsv } from "../../src/data/sources/csv.js";
import { openImageFolder } from "../../src/data/sources/image-folder.js";
import type * as sources from "../../src/data/sources/index.js";
import { openJsonLines } from "../../src/data/sources/json-lines.js";
import { openNpy } from "../../src/data/sources/npy.js";
import { openNpz } from "../../src/data/sources/npz.js";
import { openParquet } from "../../src/data/sources/parquet.js";
import { openTar } from "../../src/data/sources/tar.js";
import { openTextFolder } from "../../src/data/sources/text-folder.js";
import { openTextLines } from "../../src/data/sources/text-lines.js";
import { openTfRecord } from "../../src/data/sources/tf-record.js";
import { writeNpy, writeNpz } from "../../src/formats/index.js";

/** A kind of data: good files of it, what they hold, and what damage of them is called. */
export interface SourceCase {
  /** Files of two or more blocks or records in all, by path. */
  readonly files: () => Promise<Readonly<Record<string, Uint8Array>>>;
  readonly open: (files: Vfs) => Promise<RecordSource<unknown>>;
  /** Whether files are made of blocks: more than one in all. */
  readonly hasBlocks: boolean;
  /** Some of the records, by number, as made by hand. */
  readonly records: Readonly<Record<number, unknown>>;
  readonly length: number;
  readonly fields: Readonly<Record<string, string>>;
  /** The fields that batches are made of without records. */
  readonly packed?: RecordSource["packed"];
  /** Changes of the file that must be refused, when it is opened or when its records are read. */
  readonly damage: Readonly<Record<string, Damage>>;
  /** What empty files are: no records, empty records, or this error. */
  readonly empty: "no records" | "empty records" | { readonly code: string };
}

export interface Damage {
  /** Which file. */
  readonly file: string;
  readonly change: (bytes: Uint8Array) => Uint8Array;
  readonly code: string;
  /** Where: what the error's data says. */
  readonly place: Readonly<Record<string, unknown>>;
}

const utf8 = new TextEncoder();
export const bytesOf = (text: string): Uint8Array => utf8.encode(text);

/** Changes text in the file. */
export const replaced =
  (what: string, by: string) =>
  (bytes: Uint8Array): Uint8Array => {
    const at = Buffer.from(bytes).indexOf(what);
    if (at < 0) throw new Error(`there is no ${what}`);
    return joinBytes([bytes.subarray(0, at), bytesOf(by), bytes.subarray(at + bytesOf(what).length)]);
  };

/** A byte that no text has, in the middle of one. */
const withWrongByte =
  (before: string) =>
  (bytes: Uint8Array): Uint8Array => {
    const at = Buffer.from(bytes).indexOf(before);
    return joinBytes([bytes.subarray(0, at), new Uint8Array([0xff]), bytes.subarray(at)]);
  };

/** The same with another byte where a text begins. */
function overwritten(bytes: Uint8Array, text: string, byte: number): Uint8Array {
  const out = bytes.slice();
  out[Buffer.from(bytes).indexOf(text)] = byte;
  return out;
}

interface Folders {
  readonly pictures: Readonly<Record<string, string>>;
  readonly texts: Readonly<Record<string, string>>;
  readonly sounds: Readonly<Record<string, string>>;
}

interface Formats {
  readonly tfrecord: { readonly files: Readonly<Record<string, string>> };
  readonly tar: Readonly<Record<"gnu" | "pax", string>>;
}

const formats = JSON.parse(
  readFileSync(join(import.meta.dirname, "../fixtures/keras/data_formats.json"), "utf8"),
) as Formats;

const archives = {
  gnu: new Uint8Array(inflateSync(Buffer.from(formats.tar.gnu, "base64"))),
  pax: new Uint8Array(inflateSync(Buffer.from(formats.tar.pax, "base64"))),
};

/** Twelve records that TensorFlow wrote. */
const examples = new Uint8Array(Buffer.from(formats.tfrecord.files[""]!, "base64"));

const folders = JSON.parse(
  readFileSync(join(import.meta.dirname, "../fixtures/keras/data_folders.json"), "utf8"),
) as Folders;

const folder = (coded: Readonly<Record<string, string>>): Record<string, Uint8Array> =>
  Object.fromEntries(
    Object.entries(coded).map(([name, text]) => [`root/${name}`, new Uint8Array(Buffer.from(text, "base64"))]),
  );

const halved = (bytes: Uint8Array): Uint8Array => bytes.subarray(0, bytes.length / 2);

/** The array y under another name, in the archive's directory and before its contents. */
const renamed = (bytes: Uint8Array): Uint8Array =>
  new Uint8Array(Buffer.from(Buffer.from(bytes).toString("latin1").replaceAll("y.npy", "z.npy"), "latin1"));

const rowOfTwo = (i: number): Tensor => new Tensor([i, -i], [2], "int16");
const rowsOfTwo = (from: number, to: number): Tensor =>
  new Tensor(
    count(to - from).flatMap((i) => [from + i, -from - i]),
    [to - from, 2],
    "int16",
  );

const count = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

/** What can be wrong with a table of either format. @param make a file that begins with a row, one column under this name */
const tableDamage = (
  ending: string,
  make: (first: number, rows: number, name: string) => Uint8Array,
): Readonly<Record<string, Damage>> => ({
  "no footer": {
    file: `data/b.${ending}`,
    change: halved,
    code: "table-damaged",
    place: { path: `data/b.${ending}` },
  },
  "a byte that is no text": {
    file: `data/a.${ending}`,
    change: (bytes) => overwritten(bytes, "ß 77", 0xff),
    code: "table-value",
    place: { path: `data/a.${ending}`, row: 77, column: "text" },
  },
  "other columns": {
    file: `data/b.${ending}`,
    change: () => make(520, 3, "share"),
    code: "table-columns",
    place: { path: `data/b.${ending}` },
  },
});

/** A name with all that has to be quoted in every seventh, so that blocks have both. */
const name = (i: number): string => (i % 7 === 0 ? `"a, ""${i}""\r\nß"` : `row ${i}`);
const nameRead = (i: number): string => (i % 7 === 0 ? `a, "${i}"\r\nß` : `row ${i}`);
const csvRow = (i: number): string => `${i},${i / 8},${name(i)},${i % 2 === 0},${i % 5 === 0 ? "" : i * 1.5}`;
const csvRecord = (i: number): unknown => ({
  id: i,
  part: i / 8,
  name: nameRead(i),
  even: i % 2 === 0,
  some: i % 5 === 0 ? Number.NaN : i * 1.5,
});
/** Rows from `first` on, in row groups of 50. */
function parquetFile(first: number, rows: number, name = "part"): Uint8Array {
  const ids = count(rows).map((i) => first + i);
  const list = ids.map((i) => (i % 5 === 0 ? null : [i, i / 2]));
  return new Uint8Array(
    parquetWriteBuffer({
      columnData: [
        { name: "id", data: ids.map(BigInt), type: "INT64", nullable: false },
        { name, data: ids.map((i) => (i % 4 === 0 ? null : i / 8)), type: "DOUBLE" },
        { name: "text", data: ids.map((i) => `ß ${i}`), type: "STRING" },
        { name: "even", data: ids.map((i) => i % 2 === 0), type: "BOOLEAN" },
        { name: "when", data: ids.map((i) => new Date(i * 1e6)), type: "TIMESTAMP" },
        { name: "json", data: list, type: "JSON" },
      ],
      codec: "UNCOMPRESSED",
      rowGroupSize: 50,
    }),
  );
}
const parquetRecord = (i: number): unknown => ({
  id: i,
  part: i % 4 === 0 ? Number.NaN : i / 8,
  text: `ß ${i}`,
  even: i % 2 === 0,
  when: new Date(i * 1e6),
  json: i % 5 === 0 ? null : [i, i / 2],
});

/** The same rows as an Arrow file, in record batches of 50. */
function arrowFile(first: number, rows: number, name = "part"): Uint8Array {
  const batches = count(Math.ceil(rows / 50)).map((batch) => {
    const ids = count(Math.min(50, rows - 50 * batch)).map((i) => first + 50 * batch + i);
    const list = ids.map((i) => (i % 5 === 0 ? null : [i, i / 2]));
    const item = new arrow.Field("item", new arrow.Float64());
    return new arrow.Table({
      id: arrow.vectorFromArray(ids.map(BigInt), new arrow.Int64()),
      [name]: arrow.vectorFromArray(
        ids.map((i) => (i % 4 === 0 ? null : i / 8)),
        new arrow.Float64(),
      ),
      text: arrow.vectorFromArray(
        ids.map((i) => `ß ${i}`),
        new arrow.Utf8(),
      ),
      even: arrow.vectorFromArray(
        ids.map((i) => i % 2 === 0),
        new arrow.Bool(),
      ),
      when: arrow.vectorFromArray(
        ids.map((i) => new Date(i * 1e6)),
        new arrow.TimestampMillisecond(),
      ),
      json: arrow.vectorFromArray(list, new arrow.List(item)),
    });
  });
  return arrow.tableToIPC(batches[0]!.concat(...batches.slice(1)), "file");
}

/** Bytes of a column of a row group that are no page. */
const withoutPages =
  (group: number, column: number) =>
  (bytes: Uint8Array): Uint8Array => {
    const { data_page_offset: start } = parquetMetadata(bytes).row_groups[group]!.columns[column]!.meta_data!;
    return bytes.slice().fill(0xff, Number(start), Number(start) + 8);
  };

const HEADER = "id,part,name,even,some\n";

export const SOURCES: Record<keyof typeof sources, SourceCase> = {
  arrow: {
    files: async () => ({ "data/a.arrow": arrowFile(0, 520), "data/b.arrow": arrowFile(520, 3) }),
    open: (files) => openArrow("data/*.arrow", undefined, files),
    hasBlocks: true,
    length: 523,
    records: Object.fromEntries([0, 1, 7, 49, 50, 519, 520, 522].map((i) => [i, parquetRecord(i)])),
    fields: { id: "int", part: "float", text: "string", even: "bool", when: "date", json: "list" },
    packed: { id: "numbers", part: "numbers", text: "text" },
    damage: {
      ...tableDamage("arrow", arrowFile),
    },
    empty: { code: "table-damaged" },
  },
  csv: {
    files: async () => ({
      "data/a.csv": bytesOf(`\ufeff${HEADER}${count(2500).map(csvRow).join("\n")}\n`),
      "data/b.csv": bytesOf(`${HEADER}\r\n${[2500, 2501, 2502].map(csvRow).join("\r\n")}`),
    }),
    open: (files) => openCsv("data/*.csv", { types: { id: "int", part: "float" } }, files),
    hasBlocks: true,
    length: 2503,
    records: Object.fromEntries([0, 1, 7, 1023, 1024, 2499, 2500, 2502].map((i) => [i, csvRecord(i)])),
    fields: { id: "int", part: "float", name: "string", even: "bool", some: "float" },
    packed: { id: "numbers", part: "numbers", name: "text", some: "numbers" },
    damage: {
      "a number that is none": {
        file: "data/a.csv",
        change: replaced("1,0.125,", "one,0.125,"),
        code: "csv-value",
        place: { path: "data/a.csv", line: 4, column: "id" },
      },
      "a missing whole number": {
        file: "data/b.csv",
        change: replaced("2501,", ","),
        code: "csv-missing",
        place: { path: "data/b.csv", line: 4, column: "id" },
      },
      "too few fields": {
        file: "data/a.csv",
        change: replaced("row 1,false,1.5", "row 1,false"),
        code: "csv-fields",
        place: { path: "data/a.csv", line: 4 },
      },
      "a quote in a field": {
        file: "data/a.csv",
        change: replaced("row 1,", 'row "1,'),
        code: "csv-record",
        place: { path: "data/a.csv", line: 4 },
      },
      "a quote that is not closed": {
        file: "data/b.csv",
        change: replaced("row 2502", '"row 2502'),
        code: "csv-record",
        place: { path: "data/b.csv" },
      },
      "a byte that is no text": {
        file: "data/a.csv",
        change: withWrongByte("row 1,"),
        code: "text-encoding",
        place: { path: "data/a.csv", line: 4, column: "name" },
      },
      "other columns": {
        file: "data/b.csv",
        change: replaced("part", "share"),
        code: "csv-columns",
        place: { path: "data/b.csv" },
      },
    },
    empty: { code: "csv-header" },
  },
  jsonLines: {
    files: async () => ({
      "a.jsonl": bytesOf(
        count(1500)
          .map((i) => JSON.stringify({ id: i, text: `ß ${i}`, list: [i, i] }))
          .join("\n"),
      ),
      "b.jsonl": bytesOf(`\n${JSON.stringify({ id: 1500, text: "", list: [] })}\r\n\r\n`),
    }),
    open: (files) => openJsonLines(["a.jsonl", "b.jsonl"], undefined, files),
    hasBlocks: true,
    length: 1501,
    records: {
      0: { id: 0, text: "ß 0", list: [0, 0] },
      1024: { id: 1024, text: "ß 1024", list: [1024, 1024] },
      1500: { id: 1500, text: "", list: [] },
    },
    fields: { id: "number", text: "string", list: "list" },
    damage: {
      "no JSON": {
        file: "a.jsonl",
        change: replaced('{"id":1,', '{"id":,'),
        code: "json-line",
        place: { path: "a.jsonl", line: 2 },
      },
      "no object": {
        file: "b.jsonl",
        change: () => bytesOf("\n\n[1]\n"),
        code: "json-line",
        place: { path: "b.jsonl", line: 3 },
      },
      "a byte that is no text": {
        file: "a.jsonl",
        change: withWrongByte("ß 2"),
        code: "text-encoding",
        place: { path: "a.jsonl", line: 3 },
      },
    },
    empty: "no records",
  },
  npy: {
    files: async () => ({
      "x-0.npy": writeNpy(rowsOfTwo(0, 7)),
      "x-1.npy": writeNpy(rowsOfTwo(7, 12)),
      "y.npy": writeNpy(new Tensor(BigInt64Array.from(count(12), BigInt))),
    }),
    open: (files) => openNpy({ x: ["x-0.npy", "x-1.npy"], y: "y.npy" }, files),
    hasBlocks: false,
    length: 12,
    records: { 0: { x: rowOfTwo(0), y: 0 }, 6: { x: rowOfTwo(6), y: 6 }, 11: { x: rowOfTwo(11), y: 11 } },
    fields: { x: "int16 (2,)", y: "int64" },
    damage: {
      "a header that is none": {
        file: "y.npy",
        change: replaced("descr", "dezcr"),
        code: "npy-damaged",
        place: { path: "y.npy" },
      },
      "an array that is cut off": {
        file: "x-1.npy",
        change: (bytes) => bytes.subarray(0, bytes.length - 1),
        code: "npy-damaged",
        place: { path: "x-1.npy" },
      },
      "other rows": { file: "x-1.npy", change: replaced("<i2", "<u2"), code: "npy-differ", place: { path: "x-1.npy" } },
      "a type without a counterpart": {
        file: "x-0.npy",
        change: replaced("<i2", "<c2"),
        code: "npy-dtype",
        place: { path: "x-0.npy" },
      },
    },
    empty: { code: "not-npy" },
  },
  npz: {
    files: async () => ({
      "a.npz": await writeNpz({ x: rowsOfTwo(0, 7), y: new Tensor(count(7), [7], "uint8") }),
      "b.npz": await writeNpz({ x: rowsOfTwo(7, 9), y: new Tensor([7, 8], [2], "uint8") }),
    }),
    open: (files) => openNpz("*.npz", undefined, files),
    hasBlocks: false,
    length: 9,
    records: { 0: { x: rowOfTwo(0), y: 0 }, 7: { x: rowOfTwo(7), y: 7 }, 8: { x: rowOfTwo(8), y: 8 } },
    fields: { x: "int16 (2,)", y: "uint8" },
    damage: {
      "no archive": { file: "a.npz", change: halved, code: "zip-damaged", place: { path: "a.npz" } },
      "another array": {
        file: "b.npz",
        change: renamed,
        code: "missing-column",
        place: { path: "b.npz", column: "y" },
      },
    },
    empty: { code: "zip-damaged" },
  },
  tfRecord: {
    files: async () => ({
      // Files of records may be put together as they are.
      "t-0.tfrecord": joinBytes(count(100).map(() => examples)),
      "t-1.tfrecord": examples,
    }),
    open: (files) =>
      openTfRecord(
        "t-*.tfrecord",
        { features: { id: { dtype: "int64" }, name: { dtype: "string" }, grid: { dtype: "float32", shape: [2, 3] } } },
        files,
      ),
    hasBlocks: true,
    length: 1212,
    records: Object.fromEntries(
      [0, 5, 1024, 1200, 1211].map((i) => {
        const id = i % 12;
        const grid = new Tensor(
          Float32Array.from({ length: 6 }, (_, k) => id + k / 4),
          [2, 3],
        );
        return [i, { id: id % 2 ? id : -id || 0, name: ["", "a", "ßé", "𝄞!", "end"][id % 5], grid }];
      }),
    ),
    fields: { id: "int64", name: "string", grid: "float32 (2, 3)" },
    damage: {
      "a record with other bytes": {
        file: "t-1.tfrecord",
        change: replaced("ß", "ü"),
        code: "tfrecord-damaged",
        place: { path: "t-1.tfrecord", record: 2 },
      },
      "a length with other bytes": {
        file: "t-1.tfrecord",
        change: (bytes) => bytes.map((byte, i) => (i === 1 ? 1 : byte)),
        code: "tfrecord-damaged",
        place: { path: "t-1.tfrecord", record: 0 },
      },
      "a record that is cut off": {
        file: "t-1.tfrecord",
        change: (bytes) => bytes.subarray(0, bytes.length - 1),
        code: "tfrecord-damaged",
        place: { path: "t-1.tfrecord", record: 11 },
      },
    },
    empty: "no records",
  },
  tar: {
    files: async () => ({ "gnu.tar": archives.gnu, "pax.tar": archives.pax }),
    open: (files) => openTar("*.tar", undefined, files),
    hasBlocks: false,
    length: 8,
    records: {
      3: { __key__: "b/0001", cls: 4 },
      5: {
        __key__: "a/0002",
        json: { boxes: [1, 2] },
        npy: new Tensor(count(6), [2, 3], "int16"),
        npz: { a: new Tensor(new Uint8Array([0, 1, 2])), b: new Tensor([1.5]) },
      },
    },
    fields: { __key__: "string", cls: "int", txt: "string", png: "uint8 (height, width, channels)" },
    damage: {
      "a header with other bytes": {
        file: "pax.tar",
        change: replaced("a/0002.json", "a/0009.json"),
        code: "tar-damaged",
        place: { path: "pax.tar", at: 7168 },
      },
      "an archive that is cut off": {
        file: "gnu.tar",
        change: (bytes) => bytes.subarray(0, 3000),
        code: "tar-damaged",
        place: { path: "gnu.tar" },
      },
      "a label that is none": {
        file: "gnu.tar",
        change: replaced("3\n", "x\n"),
        code: "tar-value",
        place: { path: "gnu.tar", member: "a/0001.cls" },
      },
    },
    empty: "no records",
  },
  textLines: {
    files: async () => ({
      "t.txt": bytesOf(
        count(3000)
          .map((i) => (i === 5 ? "" : `ß ${i}`))
          .join("\r\n"),
      ),
    }),
    open: (files) => openTextLines("t.txt", undefined, files),
    hasBlocks: true,
    length: 3000,
    records: { 0: { text: "ß 0" }, 5: { text: "" }, 1024: { text: "ß 1024" }, 2999: { text: "ß 2999" } },
    fields: { text: "string" },
    damage: {
      "a byte that is no text": {
        file: "t.txt",
        change: withWrongByte("ß 7"),
        code: "text-encoding",
        place: { path: "t.txt", line: 8 },
      },
    },
    empty: "no records",
  },
  parquet: {
    files: async () => ({ "data/a.parquet": parquetFile(0, 520), "data/b.parquet": parquetFile(520, 3) }),
    open: (files) => openParquet("data/*.parquet", undefined, files),
    hasBlocks: true,
    length: 523,
    records: Object.fromEntries([0, 1, 7, 49, 50, 519, 520, 522].map((i) => [i, parquetRecord(i)])),
    fields: { id: "int", part: "float", text: "string", even: "bool", when: "date", json: "object" },
    packed: { id: "numbers", part: "numbers", text: "text" },
    damage: {
      ...tableDamage("parquet", parquetFile),
      "a page that is none": {
        file: "data/a.parquet",
        change: withoutPages(3, 1),
        code: "table-damaged",
        place: { path: "data/a.parquet", row: 150, column: "part" },
      },
    },
    empty: { code: "table-damaged" },
  },
  imageFolder: {
    files: async () => folder(folders.pictures),
    open: async (files) => (await openImageFolder("root", { imageSize: 8, shuffle: false }, files)).source,
    hasBlocks: false,
    length: 4,
    records: { 0: { image: expect.objectContaining({ shape: [8, 8, 3], dtype: "float32" }), label: 0 } },
    fields: { image: "float32 (8, 8, 3)", label: "int" },
    damage: {
      "a picture that is cut off": {
        file: "root/a/rgb.png",
        change: halved,
        code: "image-damaged",
        place: { path: "root/a/rgb.png" },
      },
    },
    empty: { code: "image-damaged" },
  },
  textFolder: {
    files: async () => folder(folders.texts),
    open: async (files) => (await openTextFolder("root", { shuffle: false, labelMode: "binary" }, files)).source,
    hasBlocks: false,
    length: 12,
    records: { 6: { text: "pos ß 1\nsecond line", label: new Float32Array([1]) } },
    fields: { text: "string", label: "float32 of 1" },
    damage: {
      "a byte that is no text": {
        file: "root/neg/0.txt",
        change: withWrongByte("ß"),
        code: "text-encoding",
        place: { path: "root/neg/0.txt" },
      },
    },
    empty: "empty records",
  },
  audioFolder: {
    files: async () => folder(folders.sounds),
    open: async (files) => (await openAudioFolder("root", { shuffle: false, labels: null }, files)).source,
    hasBlocks: false,
    length: 3,
    records: { 1: { audio: expect.objectContaining({ shape: [7, 1], dtype: "float32" }), rate: 8000 } },
    fields: { audio: "float32 (samples, channels)", rate: "int" },
    damage: {
      "a sound that is cut off": {
        file: "root/x/mono.wav",
        change: halved,
        code: "wav-damaged",
        place: { path: "root/x/mono.wav" },
      },
    },
    empty: { code: "wav-damaged" },
  },
};

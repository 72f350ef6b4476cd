import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Vfs } from "../../src/core/vfs.js";
import { memoryVfs } from "../../src/core/vfs-memory.js";
import type { RecordSource } from "../../src/data/records/source.js";
import { openArrow } from "../../src/data/sources/arrow.js";
import { openParquet } from "../../src/data/sources/parquet.js";
import type { TableOptions } from "../../src/data/sources/table-source.js";

interface Fixture {
  readonly columns: Readonly<Record<string, readonly unknown[]>>;
  readonly parquet: Readonly<Record<string, string>>;
  readonly arrow: Readonly<Record<string, string>>;
  readonly large: Readonly<Record<string, string>>;
}

const fixture = JSON.parse(readFileSync(join(import.meta.dirname, "../fixtures/data_tables.json"), "utf8")) as Fixture;

type Open = (paths: string, options: TableOptions | undefined, files: Vfs) => Promise<RecordSource>;

const FORMATS: Readonly<Record<string, Open>> = { parquet: openParquet, arrow: openArrow };

async function disk(...contents: readonly (Uint8Array | string)[]): Promise<Vfs> {
  const files = memoryVfs();
  for (const [i, content] of contents.entries()) {
    await files.writeFile(
      `t${i}`,
      typeof content === "string" ? new Uint8Array(Buffer.from(content, "base64")) : content,
    );
  }
  return files;
}

async function all(source: RecordSource): Promise<Record<string, unknown>[]> {
  const out: Record<string, unknown>[] = [];
  const { blocks, length } = source;
  for (const [i, start] of blocks!.entries()) {
    out.push(...((await source.read(start, blocks![i + 1] ?? length)) as Record<string, unknown>[]));
  }
  return out;
}

/** What pyarrow reads, as records have it. */
function expected(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(expected);
  if (typeof value !== "object" || value === null) return value;
  const { $date: date, $bytes: bytes } = value as { readonly $date?: number; readonly $bytes?: string };
  if (date !== undefined) return new Date(date);
  if (bytes !== undefined) return new Uint8Array(Buffer.from(bytes, "base64"));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, expected(item)]));
}

const isNumber = (name: string): boolean => /^u?int\d|^float|^decimal/u.test(name);
const missing = (name: string): unknown =>
  isNumber(name) ? Number.NaN : name === "string" || name === "category" ? "" : null;

describe.each(Object.entries(FORMATS))("data.%s", (format, open) => {
  const files = fixture[format as "parquet" | "arrow"];

  test.each(Object.keys(files))("reads what pyarrow writes: %s", async (name) => {
    const opening = async () => open("t0", undefined, await disk(files[name]!));
    const refused = { lz4: "LZ4", zstd: "ZSTD" }[name];
    const isRefused =
      refused !== undefined &&
      !(format === "parquet" && name === "zstd" && "zstdDecompressSync" in (await import("node:zlib")));
    if (isRefused) {
      await expect(opening()).rejects.toMatchObject({
        code: "table-codec",
        message: expect.stringContaining(refused),
      });
      return;
    }
    const source = await opening();
    expect(source.blocks).toEqual([0, 3, 6]);
    const records = await all(source);
    for (const column of Object.keys(source.fields)) {
      const values = fixture.columns[column]!.map((value) => (value === null ? missing(column) : expected(value)));
      expect([column, records.map((record) => record[column])]).toEqual([column, values]);
    }
    expect(source.fields).toMatchSnapshot();
  });

  test("whole numbers that are not exact are errors, or bigints or texts if asked for", async () => {
    const file = fixture.large[format]!;
    const source = await open("t0", undefined, await disk(file));
    expect(await source.read(0, 1)).toEqual([{ id: 1 }]);
    await expect(source.read(1, 2)).rejects.toMatchObject({
      code: "int64-range",
      data: { path: "t0", row: 1, column: "id" },
    });
    expect(await source.read(2, 3)).toEqual([{ id: Number.NaN }]);
    const bigints = await open("t0", { int64: "bigint" }, await disk(file));
    expect(await all(bigints)).toEqual([{ id: 1n }, { id: 2n ** 60n + 1n }, { id: null }, { id: -(2n ** 63n) }]);
    expect(bigints.fields).toEqual({ id: "bigint" });
    const texts = await open("t0", { int64: "string", fill: { id: "none" } }, await disk(file));
    expect((await all(texts)).map(({ id }) => id)).toEqual([
      "1",
      "1152921504606846977",
      "none",
      "-9223372036854775808",
    ]);
  });

  test("columns are chosen, and missing values filled in, by name", async () => {
    const files0 = await disk(Object.values(files)[0]!);
    const source = await open("t0", { columns: ["string", "int8"], fill: { int8: -1, string: "?" } }, files0);
    expect(await source.read(3, 4)).toEqual([{ string: "?", int8: -1 }]);
    expect(source.fields).toEqual({ string: "string", int8: "int" });
    await expect(open("t0", { columns: ["strnig"] }, files0)).rejects.toMatchObject({
      code: "missing-column",
      parts: { fix: 'Did you mean "string"?' },
    });
    for (const fill of [{ int8: 0.5 }, { string: 1 }, { date: 1 }, { list: "a" }, { bool: 0 }]) {
      await expect(open("t0", { fill }, files0)).rejects.toMatchObject({ code: "wrong-option" });
    }
  });

  test("files of the same columns in another order are one; others are refused by name", async () => {
    const [whole, part] = Object.values(files);
    const both = await disk(whole!, part!);
    await expect(open("t*", undefined, both)).rejects.toMatchObject({ code: "table-columns", data: { path: "t1" } });
    const common = await open("t*", { columns: ["string", "whole"] }, both);
    expect(common.length).toBe(18);
    expect(await common.read(10, 11)).toEqual([{ string: "ß 1", whole: 1 }]);
  });

  test("whoever changes a record changes no other reading of it", async () => {
    const source = await open(
      "t0",
      { columns: ["list", "struct", "bytes", "date"] },
      await disk(Object.values(files)[0]!),
    );
    const [first] = (await source.read(2, 3)) as {
      list: number[];
      struct: { a: number };
      bytes: Uint8Array;
      date: Date;
    }[];
    const kept = structuredClone(first);
    first!.list[0] = 9;
    first!.struct.a = 9;
    first!.bytes[0] = 9;
    first!.date.setTime(0);
    expect(await source.read(2, 3)).toEqual([kept]);
  });
});

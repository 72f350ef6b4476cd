import { beforeAll, describe, expect, test } from "vitest";
import { PawlError } from "../../src/core/errors.js";
import { folderOf } from "../../src/core/paths.js";
import type { Json } from "../../src/core/stateful.js";
import type { Vfs } from "../../src/core/vfs.js";
import { memoryVfs } from "../../src/core/vfs-memory.js";
import { Records } from "../../src/data/records/records.js";
import type { RecordSource } from "../../src/data/records/source.js";
import { Chance, mutateBytes } from "../hostile/mutate.js";
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

const blocksOf = ({ blocks, length }: RecordSource<unknown>): (readonly [number, number])[] =>
  blocks === null
    ? Array.from({ length }, (_, i) => [i, i + 1] as const)
    : blocks.map((start, i) => [start, blocks[i + 1] ?? length] as const);

async function all(source: RecordSource<unknown>): Promise<unknown[]> {
  const out: unknown[] = [];
  for (const [from, to] of blocksOf(source)) out.push(...(await source.read(from, to)));
  return out;
}

async function errorOf(body: () => Promise<unknown>): Promise<unknown> {
  try {
    await body();
    return null;
  } catch (error) {
    return error;
  }
}

describe.each(Object.entries(SOURCES))("data.%s", (_name, row) => {
  let files: Files;
  let source: RecordSource<unknown>;
  let records: unknown[];

  beforeAll(async () => {
    files = await row.files();
    source = await row.open(await diskOf(files));
    records = await all(source);
  });

  test("has the records that were written", () => {
    expect(source.length).toBe(row.length);
    expect(records).toHaveLength(row.length);
    for (const [i, record] of Object.entries(row.records)) expect(records[Number(i)]).toEqual(record);
    expect(source.fields).toEqual(row.fields);
  });

  test("blocks begin at ascending records, the first at 0", () => {
    expect(source.blocks !== null && source.blocks.length > 1).toBe(row.hasBlocks);
    if (source.blocks === null) return;
    expect(source.blocks[0]).toBe(0);
    for (const [i, start] of source.blocks.slice(1).entries()) expect(start).toBeGreaterThan(source.blocks[i]!);
    expect(source.blocks.at(-1)).toBeLessThan(source.length);
  });

  test("any record read alone is the one that is read in order, at the borders of blocks too", async () => {
    const fresh = await row.open(await diskOf(files));
    const chance = new Chance(1);
    const borders = blocksOf(fresh).flatMap(([from, to]) => [from, to - 1]);
    const some = Array.from({ length: 40 }, () => chance.below(row.length));
    for (const i of [row.length - 1, ...borders.slice(0, 40).reverse(), ...some]) {
      expect(await fresh.read(i, i + 1)).toEqual([records[i]]);
    }
  });

  test("parts of blocks are what they are of the whole", async () => {
    for (const [from, to] of blocksOf(source).slice(0, 5)) {
      const middle = (from + to) >>> 1;
      expect(await source.read(from, middle)).toEqual(records.slice(from, middle));
      expect(await source.read(middle, to)).toEqual(records.slice(middle, to));
    }
  });

  test.each(["in order", "shuffled"])(
    "a pass %s goes on exactly at every record of two passes, from files opened anew",
    async (order) => {
      const stepOf = async () => {
        const opened = Records.from((await row.open(await diskOf(files))) as RecordSource<object>, "records");
        return Records.stepOf(order === "shuffled" ? opened.shuffle() : opened);
      };
      for (const epoch of [0, 1]) {
        const pass = { seed: 5, epoch };
        const seen: { readonly record: unknown; readonly before: Json }[] = [];
        const cursor = (await stepOf()).open(pass, null);
        let before: Json = null;
        for (let run = await cursor.next(50); run !== null; run = await cursor.next(50)) {
          for (const [i, record] of run.records.entries()) {
            seen.push({ record, before });
            before = run.after(i);
          }
        }
        expect(seen).toHaveLength(row.length);
        const again = await stepOf();
        for (const place of seen.reverse()) {
          const run = await again.open(pass, place.before).next(1);
          if (!same(run?.records[0], place.record)) expect(run?.records[0]).toEqual(place.record);
        }
      }
    },
    60_000,
  );

  test("records that are not there are refused", async () => {
    for (const [from, to] of [
      [-1, 1],
      [0, row.length + 1],
      [2, 1],
      [0.5, 1],
    ] as const) {
      expect(await errorOf(() => source.read(from, to))).toMatchObject({ code: "record-range" });
    }
  });

  test("its parts name each file, are the same in another process and folder, and change with a file", async () => {
    const parts = await source.parts();
    expect(new Set(parts.map(({ name }) => name)).size).toBe(parts.length);
    expect(await (await row.open(await diskOf(files))).parts()).toEqual(parts);
    const changing = Object.keys(files).find((path) => path.endsWith(parts.at(-1)!.name))!;
    const disk = await diskOf(files);
    const open = await row.open(disk);
    await disk.appendFile(changing, new Uint8Array([10]));
    const changed = await open.parts();
    expect(changed.filter(({ digest }, i) => digest !== parts[i]!.digest)).toHaveLength(1);
  });

  test.each(Object.entries(row.damage))("damaged: %s", async (_what, { file, change, code, place }) => {
    const disk = await diskOf({ ...files, [file]: change(files[file]!) });
    const error = await errorOf(async () => all(await row.open(disk)));
    expect(error).toBeInstanceOf(PawlError);
    expect(error).toMatchObject({
      code,
      data: place,
      parts: { received: expect.any(String), expected: expect.any(String), fix: expect.any(String) },
    });
    expect((error as PawlError).message).toContain(file);
  });

  test("a damaged record leaves the others as they are", async () => {
    for (const { file, change } of Object.values(row.damage)) {
      const disk = await diskOf({ ...files, [file]: change(files[file]!) });
      const opened = await row.open(disk).catch(() => null);
      if (opened === null || opened.length !== row.length) continue;
      const reads = await Promise.all(
        records.map((_, i) =>
          opened
            .read(i, i + 1)
            .then(([record]) => record)
            .catch((error: unknown) => error),
        ),
      );
      const wrong = reads.filter((record, i) => record instanceof PawlError || !same(record, records[i]));
      expect(wrong.length).toBeLessThanOrEqual(Math.max(1, row.length / 8));
      expect(wrong.some((record) => record instanceof PawlError)).toBe(true);
    }
  });

  test("an empty file", async () => {
    const disk = await diskOf(Object.fromEntries(Object.keys(files).map((path) => [path, new Uint8Array(0)])));
    if (row.empty === "no records") {
      const opened = await row.open(disk);
      expect([opened.length, opened.blocks === null ? [] : opened.blocks]).toEqual([0, []]);
      expect(await opened.read(0, 0)).toEqual([]);
    } else if (row.empty === "empty records") expect(await all(await row.open(disk))).toHaveLength(row.length);
    else expect(await errorOf(async () => all(await row.open(disk)))).toMatchObject({ code: row.empty.code });
  });

  test("a missing file is named", async () => {
    const error = await errorOf(() => row.open(memoryVfs()));
    expect(error).toBeInstanceOf(PawlError);
    expect((error as PawlError).code).toBe("no-file");
  });

  test("a file that is cut short while it is open is an error with its name", async () => {
    const disk = await diskOf(files);
    const opened = await row.open(disk);
    for (const path of Object.keys(files)) await disk.truncate(path, 0);
    const error = await errorOf(() => all(opened));
    expect(error).toBeInstanceOf(PawlError);
    expect((error as PawlError).message).toMatch(new RegExp(Object.keys(files).join("|"), "u"));
  });

  test("whatever the files hold, reading ends with records or a typed error", async () => {
    const ends = { read: 0, refused: 0 };
    for (let seed = 0; seed < 60; seed++) {
      const chance = new Chance(seed);
      const path = chance.pick(Object.keys(files));
      const disk = await diskOf({ ...files, [path]: mutateBytes(files[path]!, chance) });
      const error = await errorOf(async () => {
        const opened = await row.open(disk);
        for (const [from, to] of blocksOf(opened).slice(0, 200)) await opened.read(from, to);
      });
      if (error === null) ends.read++;
      else {
        expect(error).toBeInstanceOf(PawlError);
        ends.refused++;
      }
    }
    expect(ends.refused).toBeGreaterThan(0);
  });
});

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

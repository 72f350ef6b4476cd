import { describe, expect, test } from "vitest";
import { type IterableOptions, iterable, type QueryRows, query, type Records } from "../../src/data/index.js";
import { dataIdentity } from "../../src/data/records/identity.js";
import { Records as AllRecords } from "../../src/data/records/records.js";

const rows = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => ({ x: from + i }));
const rowsOf = (more: Partial<QueryRows<object>> = {}): QueryRows<object> => ({
  length: 10,
  fingerprint: "1",
  read: rows,
  ...more,
});
const identity = (records: Records<object>): unknown => {
  const { described, sources } = AllRecords.stepOf(records);
  return dataIdentity(described, sources);
};

describe("query", () => {
  test("reads pages, each once while records follow one another", async () => {
    const reads: string[] = [];
    const read = (from: number, to: number) => {
      reads.push(`${from}-${to}`);
      return rows(from, to);
    };
    expect(await query(rowsOf({ read }), { pageSize: 4 }).toArray()).toEqual(rows(0, 10));
    expect(reads).toEqual(["0-4", "4-8", "8-10"]);
  });

  test("has an identity of name, length and fingerprint", async () => {
    const same = await identity(query(rowsOf()));
    expect(await identity(query(rowsOf({ read: () => [] })))).toEqual(same);
    expect(await identity(query(rowsOf({ fingerprint: "2" })))).not.toEqual(same);
    expect(await identity(query(rowsOf({ length: 9 })))).not.toEqual(same);
    expect(await identity(query(rowsOf(), { name: "users" }))).not.toEqual(same);
  });

  test("closes what is open", async () => {
    let isClosed = false;
    await query(rowsOf({ close: () => void (isClosed = true) })).close();
    expect(isClosed).toBe(true);
  });

  test.each([
    ["fewer rows", () => rows(0, 3), "query-rows"],
    ["no list", () => ({}) as never, "query-rows"],
    ["no rows", () => [1, 2, 3] as never, "query-rows"],
    [
      "an error",
      () => {
        throw new Error("no such table");
      },
      "query-failed",
    ],
  ] as const)("%s is an error with the rows that were wanted", async (_name, read, code) => {
    await expect(query(rowsOf({ read })).toArray()).rejects.toMatchObject({ code, data: { from: 0, to: 10 } });
  });

  test.each([
    [{ length: -1 }, "length"],
    [{ read: undefined }, "read"],
    [{ fingerprint: "" }, "fingerprint"],
  ])("%j is refused", (more, part) => {
    expect(() => query(rowsOf(more as never))).toThrow(`data.query: the rows have no ${part}.`);
  });
});

describe("iterable", () => {
  const of = (length: number, more: Partial<IterableOptions> = {}) =>
    iterable(() => rows(0, length), { fingerprint: "1", ...more });

  test("is begun anew for each pass, and ended where it is left", async () => {
    const log: string[] = [];
    const counted = iterable(
      function* () {
        log.push("begun");
        try {
          yield* rows(0, 5);
        } finally {
          log.push("ended");
        }
      },
      { fingerprint: "1" },
    );
    expect(await counted.toArray()).toHaveLength(5);
    expect(await counted.toArray(2)).toEqual(rows(0, 2));
    expect(log).toEqual(["begun", "ended", "begun", "ended"]);
  });

  test("its length is unknown unless it is said, and then checked", async () => {
    expect(of(5).length).toBeNull();
    expect(await of(5, { length: 5 }).toArray()).toHaveLength(5);
    for (const length of [4, 6]) {
      await expect(of(5, { length }).toArray()).rejects.toMatchObject({ code: "iterable-length" });
    }
  });

  test("a resume behind its end is an error, not an empty pass", async () => {
    const cursor = AllRecords.stepOf(of(5)).open({ seed: 0, epoch: 0 }, 7);
    await expect(cursor.next(1)).rejects.toMatchObject({ code: "iterable-length" });
  });

  test("shuffle says that it needs numbers", () => {
    expect(() => of(5).shuffle()).toThrow("cache()");
  });

  test("has an identity of name and fingerprint", async () => {
    expect(await identity(of(5))).toEqual(await identity(of(6)));
    expect(await identity(of(5))).not.toEqual(await identity(of(5, { fingerprint: "2" })));
  });

  test.each([
    ["a generator", rows(0, 3).values(), "iterable-once"],
    ["no iterable", {}, "not-iterable"],
  ])("%s is refused at once", (_name, make, code) => {
    expect(() => iterable(make as never, { fingerprint: "1" })).toThrow(expect.objectContaining({ code }));
  });

  test("a function that returns none, and values that are no records, are refused when they come", async () => {
    const none = iterable(() => 1 as never, { fingerprint: "1" });
    await expect(none.toArray()).rejects.toMatchObject({ code: "not-iterable" });
    const numbers = iterable(() => [1, 2] as never, { fingerprint: "1" });
    await expect(numbers.toArray()).rejects.toMatchObject({ code: "not-records" });
  });
});

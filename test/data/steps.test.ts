import { describe, expect, test } from "vitest";
import { Tensor } from "../../src/core/tensor.js";
import { keyedPermutation } from "../../src/data/pipeline/keyed-permutation.js";
import { RecordRandom } from "../../src/data/pipeline/record-random.js";
import { data } from "../../src/index.js";
import { blocked, columns, rows } from "./sources.js";

const xs = async (
  records: { pass(options?: data.PassOptions): AsyncIterable<unknown> },
  epoch = 0,
): Promise<number[]> => {
  const found: number[] = [];
  for await (const record of records.pass({ seed: 7, epoch })) found.push((record as { x: number }).x);
  return found;
};
const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
const sorted = (list: readonly number[]): number[] => [...list].sort((a, b) => a - b);

describe("the order of records", () => {
  test.each([1, 2, 3, 63, 64, 65, 1000, 4097])("of %i has each once", (n) => {
    const place = keyedPermutation(n, { seed: 1, epoch: 0 }, "all");
    expect(sorted(upTo(n).map(place))).toEqual(upTo(n));
  });

  test("of billions is reached at any place", () => {
    const n = 3e9;
    const place = keyedPermutation(n, { seed: 1, epoch: 0 }, "all");
    const some = [0, 1, 2, 1e9, n - 1].map(place);
    expect(some.every((i) => i >= 0 && i < n && Number.isInteger(i))).toBe(true);
    expect(new Set(some).size).toBe(5);
  });

  test("takes all orders of a few records about equally often", () => {
    const counts = new Map<string, number>();
    const passes = 12000;
    for (let epoch = 0; epoch < passes; epoch++) {
      const order = upTo(5)
        .map(keyedPermutation(5, { seed: 3, epoch }, "all"))
        .join("");
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    const expected = passes / 120;
    const chi = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    expect(counts.size).toBe(120);
    // 119 degrees of freedom: 99.9 % lie below 173.
    expect(chi).toBeLessThan(173);
  });

  test("puts any record at any place of a large pass", () => {
    const n = 5000;
    const cells = new Float64Array(100);
    for (let epoch = 0; epoch < 20; epoch++) {
      const place = keyedPermutation(n, { seed: 5, epoch }, "all");
      for (let i = 0; i < n; i++) cells[Math.floor((i * 10) / n) * 10 + Math.floor((place(i) * 10) / n)]! += 1;
    }
    const chi = cells.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    // A permutation fills cells more evenly than independent draws would.
    expect(chi).toBeLessThan(150);
  });

  test("differs between passes and seeds, and does not between processes", async () => {
    const shuffled = rows(20).shuffle();
    const [first, second] = [await xs(shuffled), await xs(shuffled, 1)];
    expect(sorted(first)).toEqual(upTo(20));
    expect(first).not.toEqual(second);
    expect(await xs(columns(20).shuffle())).toEqual(first);
    expect(first).toMatchInlineSnapshot(`
      [
        19,
        15,
        7,
        12,
        5,
        6,
        13,
        11,
        18,
        1,
        17,
        14,
        8,
        0,
        10,
        4,
        16,
        3,
        9,
        2,
      ]
    `);
  });

  test("of blocks reads each block once, and mixes a window of them", async () => {
    const starts = [0, 10, 20, 30, 40, 50];
    const { records, reads } = blocked(starts, 60);
    const order = await xs(records.shuffle({ window: 2 }));
    expect(sorted(order)).toEqual(upTo(60));
    expect(reads).toHaveLength(6);
    for (const window of [0, 20, 40])
      expect(new Set(order.slice(window, window + 20).map((x) => Math.floor(x / 10))).size).toBe(2);
  });

  test("of blocks goes on after reading its window only", async () => {
    const { records, reads } = blocked(
      upTo(100).map((i) => i * 10),
      1000,
    );
    const stream = records
      .shuffle({ window: 2 })
      .batch(1)
      .open({ batchSize: 1, shuffle: false, seed: 7, pass: 0, from: 990 });
    expect(await stream.next()).not.toBe(null);
    expect(reads.length).toBeLessThanOrEqual(2);
  });
});

describe("steps", () => {
  test("reads of blocks in order are one a block", async () => {
    const { records, reads } = blocked([0, 7, 9], 20);
    expect(await xs(records)).toEqual(upTo(20));
    expect(reads).toEqual(["0-7", "7-9", "9-20"]);
  });

  test("choose the records that they say", async () => {
    expect(await xs(rows(9).skip(2).take(3))).toEqual([2, 3, 4]);
    expect(await xs(rows(9).shard(4, 1))).toEqual([1, 5]);
    expect(rows(9).shard(4, 0).length).toBe(3);
    expect(await xs(rows(3).repeat(2))).toEqual([0, 1, 2, 0, 1, 2]);
    expect(
      await xs(
        rows(9)
          .filter(({ x }) => x > 4)
          .skip(1)
          .take(2),
      ),
    ).toEqual([6, 7]);
    expect(
      await xs(
        rows(9)
          .filter(({ x }) => x > 2)
          .shard(2, 1),
      ),
    ).toEqual([4, 6, 8]);
    expect(rows(9).filter(() => true).length).toBe(null);
    expect(rows(9).repeat().length).toBe(Number.POSITIVE_INFINITY);
  });

  test("shards have all records, each once, and an order of their own in each round of repeat", async () => {
    const shards = await Promise.all([0, 1, 2].map((index) => xs(rows(10).shuffle().shard(3, index))));
    expect(sorted(shards.flat())).toEqual(upTo(10));
    const rounds = await xs(rows(10).shuffle().repeat(2));
    expect(rounds.slice(0, 10)).not.toEqual(rounds.slice(10));
  });

  test("hand out copies: functions cannot change the data", async () => {
    const list = data.records([{ x: 1 }, { x: 2 }]).map((record) => Object.assign(record, { x: record.x + 1 }));
    const array = data.arrays({ x: [[1], [2]] }).map((record) => {
      (record.x as Float32Array)[0]! += 1;
      return record;
    });
    for (const records of [list, array]) expect(await records.toArray()).toEqual(await records.toArray());
  });

  test("random numbers of a record are its own", async () => {
    const draw = rows(50)
      .map(({ x }, { random }) => ({ x, a: random.uniform() }))
      .map(({ a }, { random }) => ({ x: a, b: random.uniform() }));
    const all = (await draw.toArray()).flatMap(({ x, b }) => [x, b]);
    expect(new Set(all).size).toBe(100);
    expect((await draw.skip(31).toArray(1))[0]).toEqual((await draw.toArray())[31]);
    const random = new RecordRandom({ seed: 1, epoch: 0, step: 0, record: 5 });
    const mean = upTo(4000).reduce((sum) => sum + random.normal(), 0) / 4000;
    expect(Math.abs(mean)).toBeLessThan(0.05);
  });

  test("batches have the kinds of their fields", async () => {
    const made = data
      .records([
        { x: new Uint8Array([1, 2]), y: "a", z: [[1], [2]], t: new Tensor([1, 2], [2], "int32") },
        { x: new Uint8Array([3, 4]), y: "b", z: [[3], [4]], t: new Tensor([3, 4], [2], "int32") },
      ])
      .batch(2, { x: ["x", "z", "t"], y: "y" });
    const batch = await made.open({ batchSize: 1, shuffle: false, seed: 0, pass: 0 }).next();
    expect(batch!.x.map(({ dtype, shape }) => [dtype, shape])).toEqual([
      ["uint8", [2, 2]],
      ["float32", [2, 2, 1]],
      ["int32", [2, 2]],
    ]);
    expect(batch!.y[0]!.toArray()).toEqual(["a", "b"]);
  });
});

describe("errors", () => {
  const error = async (run: () => unknown): Promise<Error & { code: string }> => {
    try {
      await run();
    } catch (thrown) {
      return thrown as Error & { code: string };
    }
    throw new Error("nothing was thrown");
  };
  const first = (made: data.Batches) => () => made.open({ batchSize: 1, shuffle: false, seed: 0, pass: 0 }).next();

  test("name the record", async () => {
    const failing = rows(9)
      .skip(2)
      .map(({ x }) => {
        if (x === 5) throw new Error("five");
        return { x };
      });
    const { message, code } = await error(() => failing.toArray());
    expect([code, message]).toEqual([
      "record-function",
      expect.stringContaining("failed for record 5 of records(9). Received: five."),
    ]);
    const rejected = rows(9).filter(async ({ x }) => Promise.reject(new Error(`no ${x}`)));
    expect((await error(() => rejected.toArray())).message).toContain("failed for record 0 of records(9)");
  });

  test.each([
    [
      "a shuffle behind a filter",
      () =>
        rows(9)
          .filter(() => true)
          .shuffle(),
      "records-without-numbers",
    ],
    ["a shuffle without an end", () => rows(9).repeat().shuffle(), "endless-records"],
    ["a list of an endless pass", () => rows(9).repeat().toArray(), "endless-records"],
    ["repeat without an end, twice", () => rows(9).repeat().repeat(), "endless-records"],
    ["a record that is none", () => data.records([{ x: 1 }, 5 as unknown as { x: number }]), "not-records"],
    ["a field that no record has", first(rows(9).batch(2, { x: "z" })), "no-such-field"],
    ["a field that no array has", first(columns(9).batch(2, { x: "z" })), "no-such-field"],
    ["lists of other lengths", first(rows(9).batch(3, { x: "list" })), "records-differ"],
    ["missing values", first(data.records([{ x: 1 }, { x: null }]).batch(2)), "records-differ"],
    ["a size of 0", () => rows(9).batch(0), "wrong-option"],
    ["no function", () => rows(9).map(5 as never), "wrong-option"],
    ["a shard that is not there", () => rows(9).shard(2, 2), "wrong-option"],
  ])("%s", async (_name, run, code) => {
    const thrown = await error(run);
    expect([thrown.code, thrown.message]).toEqual([code, expect.stringMatching(/\w+\. .+/)]);
  });
});

import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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

  test("of blocks has read the next window when one is used up", async () => {
    const { records, reads } = blocked([0, 10, 20, 30, 40, 50], 60);
    const stream = records.shuffle({ window: 2 }).batch(5).open({ batchSize: 5, shuffle: false, seed: 7, pass: 0 });
    const counts: number[] = [];
    for (let batch = await stream.next(); batch !== null; batch = await stream.next()) counts.push(reads.length);
    // Half of a window later another block is there; each is read once.
    expect(counts).toEqual([2, 3, 4, 4, 5, 5, 6, 6, 6, 6, 6, 6]);
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

describe("steps that join records", () => {
  const first = async (made: data.Batches, count = 1): Promise<unknown[]> => {
    const stream = made.open({ batchSize: 1, shuffle: false, seed: 7, pass: 0 });
    const found: unknown[] = [];
    for (let i = 0; i < count; i++) found.push((await stream.next())?.x.map((tensor) => tensor.toArray()));
    return found;
  };

  test("windows, zipped, concatenated and mixed records are the right ones", async () => {
    const windows = rows(9)
      .map(({ x }) => ({ x }))
      .window(3, { stride: 2, samplingRate: 2 });
    expect((await windows.toArray()).map(({ x }) => x.toArray())).toEqual([
      [0, 2, 4],
      [2, 4, 6],
      [4, 6, 8],
    ]);
    const zipped = rows(3)
      .map(({ x }) => ({ x }))
      .zip(rows(9, 5).map(({ x }) => ({ y: x })));
    expect(await zipped.toArray()).toEqual([0, 1, 2].map((x) => ({ x, y: x + 5 })));
    expect(await xs(rows(2).concat(rows(0), rows(3, 7)))).toEqual([0, 1, 7, 8, 9]);
    expect(await xs(rows(9).mix([rows(2, 100)], [0.75, 0.25]))).toEqual([0, 1, 100, 2, 3, 4, 101, 5, 6, 7]);
    const thirds = await xs(
      rows(1)
        .repeat()
        .mix([rows(1, 1).repeat(), rows(1, 2).repeat()], [1, 1, 1])
        .take(6),
    );
    expect(thirds).toEqual([0, 1, 2, 0, 1, 2]);
  });

  test.each([
    [[0.7, 0.3], 10],
    [[1, 2, 4], 7],
    [[Math.PI, 1], 1000],
  ])("a mix of %j has its shares in each %i records", async (weights, round) => {
    const mixed = rows(1).repeat();
    const others = weights.slice(1).map((_, i) => rows(1, i + 1).repeat());
    const found = await xs(mixed.mix(others, weights).take(round * 2));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    for (const [k, weight] of weights.entries()) {
      expect(found.slice(0, round).filter((x) => x === k)).toHaveLength(Math.round((weight / total) * round));
    }
    expect(found.slice(round)).toEqual(found.slice(0, round));
  });

  test("a split has each record once, keeps groups together and the shares of classes", async () => {
    const [training, rest] = await rows(101).split(0.8);
    expect([training.length, rest.length]).toEqual([81, 20]);
    expect(sorted([...(await xs(training)), ...(await xs(rest))])).toEqual(upTo(101));
    const [a, b] = await rows(100).split(0.5, { by: "group", seed: 1 });
    const groups = async (side: data.Records<{ readonly group: string }>) =>
      new Set((await side.toArray()).map(({ group }) => group));
    const [inA, inB] = [await groups(a), await groups(b)];
    expect([...inA].filter((group) => inB.has(group))).toEqual([]);
    const [more] = await rows(140).split(0.5, { by: "group", seed: 1 });
    expect(await groups(more)).toEqual(inA);
    const [even] = await rows(99).split(2 / 3, { stratify: "y" });
    const classes = (await even.toArray()).map(({ y }) => y);
    expect([0, 1, 2].map((y) => classes.filter((item) => item === y).length)).toEqual([22, 22, 22]);
  });

  test("padding stands behind the end along every axis", async () => {
    const made = data.records([
      { x: [[1]], s: ["a"] },
      {
        x: [
          [1, 2],
          [3, 4],
        ],
        s: ["b", "c"],
      },
    ]);
    expect(await first(made.paddedBatch(2, { x: ["x", "s"], padValue: -1 }))).toEqual([
      [
        [
          [
            [1, -1],
            [-1, -1],
          ],
          [
            [1, 2],
            [3, 4],
          ],
        ],
        [
          ["a", ""],
          ["b", "c"],
        ],
      ],
    ]);
    expect(await first(made.paddedBatch(1, { padTo: 3 }))).toEqual([[[[[1], [0], [0]]]]]);
  });

  test("buckets hold records of their lengths, each record once", async () => {
    const batches = rows(40).bucketByLength(4, { boundaries: [2, 4], length: "list", x: ["x", "list"] });
    const found = (await first(batches, 20)).filter((item) => item !== undefined) as [number[], number[][]][];
    expect(sorted(found.flatMap(([x]) => x))).toEqual(upTo(40));
    for (const [x] of found) {
      const lengths = x.map((i) => (i * 7) % 5);
      expect(new Set(lengths.map((length) => (length < 2 ? 0 : length < 4 ? 1 : 2))).size).toBe(1);
    }
  });

  test("a cache in a file is made once, and again when data, steps or functions change", async () => {
    const path = join(mkdtempSync(join(tmpdir(), "pawl-")), "a.records");
    let calls = 0;
    const double = ({ x }: { readonly x: number }) => ({ x: x * 2, n: calls++, t: new Tensor([x, 1], [2], "int32") });
    const cached = await rows(700).map(double).cache(path);
    expect(calls).toBe(700);
    const again = await rows(700).map(double).cache(path);
    expect(calls).toBe(700);
    expect(await again.toArray()).toEqual(await cached.toArray());
    expect((await again.toArray())[699]).toMatchObject({ x: 1398, t: { dtype: "int32", shape: [2] } });
    const shorter = await rows(699).map(double).cache(path);
    expect([shorter.length, calls]).toEqual([699, 1399]);
    await rows(699)
      .map(({ x }) => ({ x: x * 3, n: calls++ }))
      .cache(path);
    expect(calls).toBe(2098);
  });

  test("a damaged cache is an error that names the file", async () => {
    const path = join(mkdtempSync(join(tmpdir(), "pawl-")), "a.records");
    await rows(700).cache(path);
    const bytes = readFileSync(path);
    for (const at of [100, bytes.length - 30, bytes.length - 3]) {
      const other = Buffer.from(bytes);
      other[at]! ^= 0xff;
      writeFileSync(path, other);
      const read = async () => (await rows(700).cache(path)).toArray();
      await expect(read()).rejects.toThrow(/a\.records" is no cache of records, or a damaged one.+Delete the file/u);
    }
    writeFileSync(path, "");
    await expect(rows(700).cache(path)).rejects.toThrow("is no cache of records");
  });

  test("prefetch makes records ahead, and no more than it says", async () => {
    let made = 0;
    const counted = rows(100)
      .map(({ x }) => ({ x, n: made++ }))
      .prefetch(8)
      .batch(4);
    const stream = counted.open({ batchSize: 1, shuffle: false, seed: 0, pass: 0 });
    await stream.next();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(made).toBe(12);
    await stream.close();
  });
});

describe("records are made while others are computed on", () => {
  /** What happens in a pass whose steps go on only when the next records are there; a pass that waited would never end. */
  const eventsOf = async (make: (records: data.Records<{ readonly x: number }>) => data.Batches): Promise<string[]> => {
    const events: string[] = [];
    const made = make(
      rows(12).map(({ x }) => {
        events.push(`record ${x}`);
        return { x };
      }),
    );
    const stream = made.open({ batchSize: 1, shuffle: false, seed: 0, pass: 0 });
    for (let step = 0; step < 3; step++) {
      await stream.next();
      // As training does it: the step is begun, then what comes next is prepared.
      events.push(`step ${step} begins`);
      stream.prepare?.();
      while (step < 2 && !events.includes(`record ${4 * step + 7}`)) await new Promise(setImmediate);
      events.push(`step ${step} ends`);
    }
    await stream.close();
    return events.filter((event) => !/record (?!3|7|11)/u.test(event));
  };

  test("a batch ahead, of itself", async () => {
    expect(await eventsOf((records) => records.batch(4))).toEqual([
      "record 3",
      "step 0 begins",
      "record 7",
      "step 0 ends",
      "step 1 begins",
      "record 11",
      "step 1 ends",
      "step 2 begins",
      "step 2 ends",
    ]);
  });

  test("as many as prefetch says", async () => {
    const expected = ["record 3", "step 0 begins", "record 7", "record 11", "step 0 ends"];
    expect((await eventsOf((records) => records.batch(4).prefetch(2))).slice(0, 5)).toEqual(expected);
    expect((await eventsOf((records) => records.prefetch(8).batch(4))).slice(0, 3)).toEqual([
      "record 3",
      "record 7",
      "step 0 begins",
    ]);
  });
});

describe("the memory of batches", () => {
  test.each([
    ["records", () => rows(32).batch(8, { x: ["x", "y"], y: "x" })],
    ["arrays", () => columns(32).batch(8, { x: ["x", "y"], y: "x" })],
  ])("of %s is used again when they come back, and not before", async (_name, make) => {
    const stream = make().open({ batchSize: 1, shuffle: false, seed: 0, pass: 0 });
    const [first, second] = [(await stream.next())!, (await stream.next())!];
    stream.recycle!(first);
    const [third, fourth] = [(await stream.next())!, (await stream.next())!];
    const memory = (...batches: data.Batch[]): Set<unknown> =>
      new Set(batches.flatMap(({ x, y }) => [...x, ...y].map((tensor) => (tensor.data as Float32Array).buffer)));
    expect(memory(first, third).size).toBe(3);
    expect(memory(second, third, fourth).size).toBe(9);
    expect([...third.x[0]!.data, ...third.y[0]!.data].map(Number)).toEqual([
      ...upTo(24).slice(16),
      ...upTo(24).slice(16),
    ]);
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
    ["a split of what is shuffled", () => rows(9).shuffle().split(0.5), "records-move"],
    ["a cache of what is shuffled", () => rows(9).shuffle().cache(), "records-move"],
    [
      "a window behind a filter",
      () =>
        rows(9)
          .filter(() => true)
          .window(2),
      "records-without-numbers",
    ],
    ["a field on both sides of zip", () => rows(9).zip(rows(9)).toArray(), "zip-fields"],
    ["weights for others", () => rows(9).mix([rows(9)], [1]), "wrong-option"],
    ["two ways to split", () => rows(9).split(0.5, { by: "x", stratify: "y" }), "wrong-option"],
    ["a split by a field that is not there", () => rows(9).split(0.5, { by: "z" }), "no-such-field"],
    ["a bucket by a field without a length", first(rows(9).bucketByLength(2, { boundaries: [1] })), "record-function"],
    ["boundaries that do not ascend", () => rows(9).bucketByLength(2, { boundaries: [2, 1] }), "wrong-option"],
    ["what is longer than padTo", first(rows(9).paddedBatch(9, { x: "list", padTo: 2 })), "record-too-long"],
    ["records that are none to zip", () => rows(9).zip([] as never), "wrong-option"],
    ["a size of 0", () => rows(9).batch(0), "wrong-option"],
    ["no function", () => rows(9).map(5 as never), "wrong-option"],
    ["a shard that is not there", () => rows(9).shard(2, 2), "wrong-option"],
  ])("%s", async (_name, run, code) => {
    const thrown = await error(run);
    expect([thrown.code, thrown.message]).toEqual([code, expect.stringMatching(/\S\. .+/)]);
  });
});

import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Batches, Records } from "../../src/data/index.js";
import { iterable, query } from "../../src/data/index.js";
import { blocked, columns, damagedRows, rowOf, rows } from "./sources.js";

/** What gives records or batches, and is no step. */
type Ends = "length" | "skipped" | "toString" | "pass" | "toArray" | "close";
type StepName = Exclude<keyof Records, Ends>;
/** Where records come from, and that is neither a file nor in memory. */
type OwnSource = "query" | "iterable";

/** A pipeline over x and y; made anew for each use, as in a fresh process, with the number of workers wanted where it has any. */
export type Pipeline = (workers: number) => Made | Promise<Made>;
type Made = Records<object> | Batches;

const odd = ({ x }: { readonly x: number }): boolean => x % 2 === 1;
const cacheFile = join(mkdtempSync(join(tmpdir(), "pawl-")), "kept.records");
const table = (length: number, pageSize: number) =>
  query(
    { length, fingerprint: "1", read: (from, to) => Array.from({ length: to - from }, (_, i) => rowOf(from + i)) },
    { pageSize },
  );
const counted = () =>
  iterable(
    async function* () {
      for (let i = 0; i < 11; i++) yield rowOf(i);
    },
    { fingerprint: "11" },
  );
const filtered = () => rows(17).filter(odd);

/** Records made in workers are the same ones for a number of workers: threads are not begun anew for each use. */
const pools: Records<object>[] = [];
export const closeWorkers = (): Promise<unknown> => Promise.all(pools.map((records) => records.close()));
function inWorkers(make: (workers: number) => Records<object>): (workers: number) => Records<object> {
  const known = new Map<number, Records<object>>();
  return (workers) => {
    const records = known.get(workers) ?? make(workers);
    if (!known.has(workers)) pools.push(records);
    known.set(workers, records);
    return records;
  };
}
const module = new URL("./prepare.mjs", import.meta.url);
const noisy = inWorkers((workers) =>
  rows(19)
    .shuffle()
    .map(({ x, list }, { random }) => ({ x: x + random.normal(), list: Float64Array.from(list) }), { workers }),
);
const noisyOdd = inWorkers((workers) =>
  filtered().map(async ({ x, y }, { random }) => ({ x: x + random.normal(), y }), { workers }),
);
const byModule = inWorkers((workers) => rows(23).map({ module, export: "scaled" }, { workers }));

/** For each step: over records with numbers, and over those behind a filter, which have none. */
export const PIPELINES: Readonly<Record<StepName | OwnSource, Readonly<Record<string, Pipeline>>>> = {
  query: {
    "in pages": () => table(17, 5),
    "in pages, shuffled": () => table(17, 5).shuffle({ window: 2 }),
    "row by row, shuffled": () => table(9, 1).shuffle(),
  },
  iterable: {
    plain: () => counted(),
    "without waiting": () => iterable(() => Array.from({ length: 5 }, (_, i) => rowOf(i)), { fingerprint: "5" }),
    "random, filtered, in batches": () =>
      counted()
        .map(({ x, y }, { random }) => ({ x: x + random.uniform(), y }))
        .filter(({ y }) => y > 0)
        .batch(3),
    "shuffled after cache": async () => (await counted().cache()).shuffle(),
    "with others": () => rows(5).concat(counted()).take(12),
  },
  map: {
    plain: () => rows(11).map(({ x, y }) => ({ x: x * 2, y })),
    "async and random": () =>
      rows(11).map(async ({ x, y }, { random }) => {
        await new Promise((resolve) => setTimeout(resolve, x % 3));
        return { x: x + random.uniform(), y };
      }),
    "random, after shuffle": () =>
      rows(11)
        .shuffle()
        .map(({ x, y }, { random }) => ({ x: x + random.normal(), y })),
    "in workers": noisy,
    "in workers, after filter": noisyOdd,
    "in workers, by module": byModule,
    "in workers, before steps": (workers) => byModule(workers).shuffle().take(17).repeat(2).batch(5),
    "in workers, before filter": (workers) =>
      noisy(workers)
        .filter((record) => (record as { x: number }).x > 5)
        .prefetch(3)
        .batch(2),
    "random, after filter": () => filtered().map(({ x, y }, { random }) => ({ x: x + random.normal(), y })),
  },
  filter: {
    plain: filtered,
    "after shuffle": () => rows(17).shuffle().filter(odd),
    twice: () => filtered().filter(({ x }) => x % 3 > 0),
    "leaves nothing": () => rows(5).filter(() => false),
    async: () => rows(100).filter(async ({ x }) => x % 40 === 7),
  },
  shuffle: {
    plain: () => rows(13).shuffle(),
    "of arrays": () => columns(13).shuffle(),
    "with a seed": () => rows(13).shuffle({ seed: 3 }),
    "once for all passes": () => rows(13).shuffle({ eachPass: false }),
    "of blocks": () => blocked([0, 7, 9, 20, 21], 33).records.shuffle({ window: 2 }),
    "of mapped blocks": () =>
      blocked([0, 4, 8], 10)
        .records.map((row) => row)
        .shuffle({ window: 1 }),
    twice: () => rows(13).shuffle().take(9).shuffle(),
  },
  onError: {
    plain: () => damagedRows(13).onError("skip"),
    shuffled: () => damagedRows(29).onError("skip").shuffle(),
    "of blocks": () => damagedRows(33, [0, 7, 9, 20, 21]).onError("skip").shuffle({ window: 2 }),
    "before random steps": () =>
      damagedRows(29)
        .onError("skip")
        .map(({ x, y }, { random }) => ({ x: x + random.uniform(), y }))
        .filter(({ y }) => y > 0),
    "after a function that fails": () =>
      rows(20)
        .map((row) => {
          if (row.x % 3 === 0) throw new Error("three");
          return row;
        })
        .onError("skip")
        .repeat(2),
    "in buckets": () =>
      damagedRows(29)
        .onError("skip")
        .bucketByLength(3, { boundaries: [2, 4], length: "list", x: "list" }),
    "side by side": () =>
      damagedRows(9)
        .onError("skip")
        .map(({ x }) => ({ x }))
        .zip(rows(9, 100).map(({ x }) => ({ y: x }))),
    "in windows": () =>
      damagedRows(20)
        .onError("skip")
        .map(({ x }) => ({ x }))
        .window(3),
    "split and cached": async () => {
      const [part] = await damagedRows(29).onError("skip").split(0.6, { stratify: "y" });
      return (await part.cache()).shuffle();
    },
    "nothing left": () =>
      rows(5)
        .map((): { readonly x: number } => {
          throw new Error("never");
        })
        .onError("skip"),
  },
  take: {
    plain: () => rows(13).take(5),
    "more than there are": () => rows(5).take(8),
    "after filter": () => filtered().take(5),
  },
  skip: { plain: () => rows(13).skip(5), all: () => rows(5).skip(8), "after filter": () => filtered().skip(5) },
  shard: {
    plain: () => rows(13).shard(3, 1),
    "after shuffle": () => rows(13).shuffle().shard(3, 0),
    "after filter": () => filtered().shard(3, 2),
  },
  repeat: {
    plain: () => rows(5).repeat(3),
    "after shuffle": () => rows(5).shuffle().repeat(3),
    "without an end": () => rows(5).shuffle().repeat().take(17),
    "after filter": () => rows(9).shuffle().filter(odd).repeat(3),
    "of nothing": () =>
      rows(5)
        .filter(() => false)
        .repeat(),
    "before shuffle": () => rows(5).repeat(2).shuffle(),
  },
  batch: {
    plain: () => rows(11).batch(4),
    "of arrays": () => columns(11).batch(4),
    "of shuffled arrays": () => columns(11).shuffle().batch(4),
    "without the rest": () => rows(11).batch(4, { dropRemainder: true }),
    "after filter": () => filtered().batch(3),
    "after filter, without the rest": () => filtered().batch(3, { dropRemainder: true }),
    "made ahead": () => filtered().batch(3).prefetch(3),
    "by names": () => rows(11).batch(4, { x: { a: "x", b: "y" }, y: ["y", "x"] }),
  },
  paddedBatch: {
    plain: () => rows(11).paddedBatch(3, { x: "list", y: "x" }),
    "after filter": () => filtered().paddedBatch(3, { x: ["list", "x"], padValue: -1, padTo: 6 }),
  },
  bucketByLength: {
    plain: () =>
      rows(40)
        .shuffle()
        .bucketByLength(3, { boundaries: [2, 4], length: "list", x: "list" }),
    "without the rest": () =>
      rows(23).bucketByLength(4, { boundaries: [2], length: "list", x: ["list", "x"], dropRemainder: true }),
    "after filter and random map": () =>
      filtered()
        .map(({ x }, { random }) => ({ x: Array.from({ length: random.integer(0, 6) }, () => x + random.uniform()) }))
        .bucketByLength(2, { boundaries: [1, 3, 5], length: ({ x }: { x: number[] }) => x.length })
        .prefetch(2),
  },
  window: {
    plain: () =>
      rows(9)
        .map(({ x, y }) => ({ x, y }))
        .window(3),
    "with strides, shuffled": () =>
      rows(20)
        .map(({ x }) => ({ x }))
        .window(3, { stride: 2, samplingRate: 3 })
        .shuffle(),
    "of shuffled rows": () => columns(9).shuffle().window(4),
    "longer than the data": () => columns(3).window(4),
  },
  zip: {
    plain: () =>
      rows(9)
        .map(({ x }) => ({ x }))
        .zip(rows(12, 100).map(({ x }) => ({ y: x }))),
    shuffled: () =>
      columns(9)
        .zip(
          rows(9)
            .shuffle()
            .map(({ x }) => ({ z: x })),
        )
        .shuffle(),
    "with a filtered one": () =>
      rows(9)
        .map(({ x }) => ({ y: x }))
        .zip(filtered().map(({ x }) => ({ x }))),
  },
  concat: {
    plain: () => rows(4).concat(rows(0), rows(5, 10)),
    shuffled: () => rows(4).concat(rows(5, 10).shuffle()).shuffle(),
    "of blocks": () =>
      blocked([0, 3], 7)
        .records.concat(blocked([0, 2, 4], 5).records)
        .shuffle({ window: 2 }),
    "with filtered ones": () => filtered().concat(rows(5), filtered()),
  },
  mix: {
    plain: () => rows(9).mix([rows(9, 100)], [0.75, 0.25]),
    "of three, without an end": () =>
      rows(4)
        .shuffle()
        .repeat()
        .mix([rows(3, 100).shuffle().repeat(), rows(5, 200).repeat()], [3, 2, 1])
        .take(25),
    "with a filtered one": () => rows(9).mix([filtered()], [1, 2]),
  },
  split: {
    plain: async () => (await rows(13).split(0.7))[0].shuffle(),
    rest: async () => (await rows(13).split(0.7, { seed: 3 }))[1],
    "of blocks": async () => (await blocked([0, 7, 9, 20, 21], 33).records.split(0.5))[0].shuffle({ window: 2 }),
    "by a field": async () => (await rows(13).split(0.5, { by: "group" }))[0],
    stratified: async () => (await rows(13).split(0.5, { stratify: "y" }))[1].shuffle(),
  },
  cache: {
    "in memory": async () => (await rows(17).filter(odd).cache()).shuffle(),
    "in a file": async () =>
      (
        await rows(600)
          .filter(odd)
          .map(({ x, list }, { random }) => ({ x: x + random.uniform(), list }))
          .cache(cacheFile)
      )
        .shuffle()
        .take(12),
  },
  prefetch: {
    plain: () => rows(13).shuffle().prefetch(4),
    "after filter": () => filtered().prefetch(1),
    "before steps": () =>
      filtered()
        .prefetch(50)
        .map(({ x }) => ({ x }))
        .take(4),
  },
};

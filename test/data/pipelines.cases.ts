import type { Batches, Records } from "../../src/data/index.js";
import { blocked, columns, rows } from "./sources.js";

/** What gives records or batches, and is no step. */
type Ends = "length" | "toString" | "pass" | "toArray" | "close";
type StepName = Exclude<keyof Records, Ends>;

/** A pipeline over x and y; made anew for each use, as in a fresh process. */
export type Pipeline = () => Records<object> | Batches;

const odd = ({ x }: { readonly x: number }): boolean => x % 2 === 1;
const filtered = () => rows(17).filter(odd);

/** For each step: over records with numbers, and over those behind a filter, which have none. */
export const PIPELINES: Readonly<Record<StepName, Readonly<Record<string, Pipeline>>>> = {
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
};

import { afterAll, describe, expect, test } from "vitest";
import type { Json } from "../../src/core/stateful.js";
import { type Batch, Batches } from "../../src/data/index.js";
import { closeWorkers, PIPELINES, type Pipeline } from "./pipelines.cases.js";

const SEED = 7;

const batchesOf = async (make: Pipeline, workers: number): Promise<Batches> => {
  const made = await make(workers);
  return made instanceof Batches ? made : made.batch(1);
};

const plain = ({ rows, x, y, sampleWeight, structures }: Batch): unknown =>
  JSON.parse(
    JSON.stringify({
      rows,
      structures,
      tensors: [x, y, sampleWeight].map((list) => list.map((t) => [t.dtype, t.toArray()])),
    }),
  );

interface Stop {
  readonly state: Json;
  readonly batch: unknown;
}

interface Begin {
  readonly from?: number;
  readonly state?: Json;
  readonly prepares?: boolean;
  readonly workers?: number;
}

/** The batches of a pass from a place on, with the state before each. */
async function passOf(make: Pipeline, pass: number, begin: Begin = {}): Promise<Stop[]> {
  const { from = 0, state = null, prepares = false, workers = 0 } = begin;
  const dataset = await batchesOf(make, workers);
  const stream = dataset.open({ batchSize: 32, shuffle: false, seed: SEED, pass, from, state });
  const stops: Stop[] = [];
  for (;;) {
    if (prepares) stream.prepare?.();
    const before = JSON.parse(JSON.stringify(await stream.getState()));
    const batch = await stream.next();
    stops.push({ state: before, batch: batch && plain(batch) });
    // As training does it, which has no more use for a batch when it goes on.
    if (prepares && batch !== null) stream.recycle?.(batch);
    if (batch === null) break;
  }
  await stream.close();
  return stops;
}

const names = Object.entries(PIPELINES).flatMap(([step, cases]) =>
  Object.entries(cases).map(([name, make]) => [`${step}: ${name}`, make] as const),
);

/** Where a pipeline has any, it goes on with another number of them. */
const WORKERS = [1, 2, 4, 0];
afterAll(closeWorkers);

describe("a pass goes on exactly, wherever it stopped", () => {
  test.each(names)("%s", async (_name, make) => {
    for (const pass of [0, 1]) {
      const whole = await passOf(make, pass);
      expect(await passOf(make, pass, { prepares: true, workers: 2 })).toEqual(whole);
      for (const [from, { state }] of whole.entries()) {
        expect(JSON.stringify(state).length).toBeLessThan(200);
        const workers = WORKERS[from % WORKERS.length]!;
        expect(await passOf(make, pass, { from, state, workers })).toEqual(whole.slice(from));
      }
      const { length } = whole;
      const known = (await batchesOf(make, 0)).batchesPerPass();
      if (known !== null) expect(known).toBe(length - 1);
    }
  });
});

import { describe, expect, test } from "vitest";
import type { Json } from "../../src/core/stateful.js";
import { type Batch, Batches } from "../../src/data/index.js";
import { PIPELINES, type Pipeline } from "./pipelines.cases.js";

const SEED = 7;

const batchesOf = async (make: Pipeline): Promise<Batches> => {
  const made = await make();
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

/** The batches of a pass from a place on, with the state before each. */
async function passOf(make: Pipeline, pass: number, from = 0, state: Json = null, prepares = false): Promise<Stop[]> {
  const dataset = await batchesOf(make);
  const stream = dataset.open({ batchSize: 32, shuffle: false, seed: SEED, pass, from, state });
  const stops: Stop[] = [];
  for (;;) {
    if (prepares) stream.prepare?.();
    const before = JSON.parse(JSON.stringify(await stream.getState()));
    const batch = await stream.next();
    stops.push({ state: before, batch: batch && plain(batch) });
    if (batch === null) break;
  }
  await stream.close();
  return stops;
}

const names = Object.entries(PIPELINES).flatMap(([step, cases]) =>
  Object.entries(cases).map(([name, make]) => [`${step}: ${name}`, make] as const),
);

describe("a pass goes on exactly, wherever it stopped", () => {
  test.each(names)("%s", async (_name, make) => {
    for (const pass of [0, 1]) {
      const whole = await passOf(make, pass);
      expect(await passOf(make, pass, 0, null, true)).toEqual(whole);
      for (const [from, { state }] of whole.entries()) {
        expect(JSON.stringify(state).length).toBeLessThan(200);
        expect(await passOf(make, pass, from, state)).toEqual(whole.slice(from));
      }
      const { length } = whole;
      const known = (await batchesOf(make)).batchesPerPass();
      if (known !== null) expect(known).toBe(length - 1);
    }
  });
});

import fc from "fast-check";
import { beforeAll, describe, it } from "vitest";
import type { Engine } from "../../src/engine/index.js";
import { ENGINES } from "../contracts/engines.js";
import { check, type Recipe } from "./program.js";

/**
 * Compares programs of random primitives with the interpreter. A failing one is made smaller and printed with its seed.
 * For long runs: node scripts/random-programs.mjs --minutes 60
 */
const minutes = Number(process.env["PAWL_PROGRAMS_MINUTES"] ?? 0);
const seed = Number(process.env["PAWL_PROGRAMS_SEED"] ?? 20);
const RUNS = 40;

const number = fc.nat({ max: 9999 });
const recipe: fc.Arbitrary<Recipe> = fc.record({
  choices: fc.array(fc.tuple(number, number, number, number, number, number), { minLength: 1, maxLength: 9 }),
  rows: fc.integer({ min: 1, max: 5 }),
  shards: fc.integer({ min: 1, max: 4 }),
  corners: fc.constantFrom(0, 0, 1, 2),
  seed: fc.nat({ max: 999 }),
});

describe("random programs", () => {
  const engines: [string, Engine][] = [];
  beforeAll(async () => {
    for (const [name, start] of ENGINES) engines.push([name, await start()]);
  });

  it(
    "mean the same on every engine, in any number of shards",
    async () => {
      const limit = minutes * 60_000;
      const property = fc.asyncProperty(recipe, fc.nat({ max: 3 }), (made, turn) =>
        // Sessions start slowly in WebAssembly, so it gets every fourth program.
        check(
          made,
          engines.filter(([name]) => name !== "web" || turn === 0),
        ),
      );
      await fc.assert(property, {
        seed,
        numRuns: minutes > 0 ? 1e7 : RUNS,
        ...(minutes > 0 ? { interruptAfterTimeLimit: limit, markInterruptAsFailure: false } : {}),
      });
    },
    minutes * 60_000 * 2 + 120_000,
  );
});

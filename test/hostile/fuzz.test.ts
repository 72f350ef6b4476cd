import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { PawlError } from "../../src/core/errors.js";
import { fuzzTargets, type GoodFiles } from "./fuzz-targets.js";
import { makeGoodFiles } from "./good-files.js";
import { Chance } from "./mutate.js";

/** Set by `npm run fuzz -- --minutes N`; otherwise a fixed, short selection of the same cases runs. */
const MINUTES = Number(process.env["PAWL_FUZZ_MINUTES"] ?? 0);
const CASES = 120;
/** A case that takes longer counts as a hang. Milliseconds. */
const PATIENCE = 5_000;

const NAMES = [
  "h5, bytes",
  "h5, configs",
  "keras, bytes",
  "keras, entries",
  "weights.h5, bytes",
  "safetensors, bytes",
  "tfjs, bytes",
  "tfjs, model.json",
  "tfjs, as Pawl wrote it",
  "tfjs, weights",
  "npz, bytes",
  "checkpoint, bytes",
  "checkpoint, state",
  "checkpoint, inspected",
  "loop, bytes",
  "loop, state",
  "loop, inspected",
  "verify, as it lies there",
] as const;

const folder = mkdtempSync(join(tmpdir(), "pawl-fuzz-"));
let good: GoodFiles;

beforeAll(async () => {
  good = await makeGoodFiles();
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
});

describe("whatever a file holds, reading ends with a result or a PawlError", () => {
  test("every target is named", () => expect(Object.keys(fuzzTargets(good, folder))).toEqual(NAMES));

  test.each(NAMES)(
    "%s",
    async (name) => {
      const { make, read } = fuzzTargets(good, folder)[name]!;
      const end = performance.now() + (MINUTES * 60_000) / NAMES.length;
      const ends = { opened: 0, refused: 0 };
      for (let seed = 0; MINUTES === 0 ? seed < CASES : performance.now() < end; seed++) {
        const bytes = await make(new Chance(seed));
        const start = performance.now();
        try {
          await read(bytes);
          ends.opened++;
        } catch (error) {
          if (!(error instanceof PawlError)) throw report(name, seed, bytes, error);
          ends.refused++;
        }
        if (performance.now() - start > PATIENCE) throw report(name, seed, bytes, "it takes too long");
      }
      // Neither all nor none: cases that never open, or always do, test nothing.
      const cases = ends.opened + ends.refused;
      expect(ends.refused).toBeGreaterThan(Math.min(CASES, cases) / 20);
      if (!name.endsWith("there")) expect(ends.opened).toBeGreaterThan(0);
      if (MINUTES > 0) console.log(`${name}: ${cases} cases, ${ends.refused} refused`);
    },
    MINUTES * 60_000 + 60_000,
  );
});

function report(name: string, seed: number, bytes: Uint8Array, cause: unknown): Error {
  const file = join(folder, `failing-${seed}`);
  writeFileSync(file, bytes);
  return new Error(`${name}, seed ${seed}: ${cause instanceof Error ? cause.stack : String(cause)} (${file})`);
}

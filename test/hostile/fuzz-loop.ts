import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { PawlError } from "../../src/core/errors.js";
import type { Target } from "./fuzz-targets.js";
import { Chance } from "./mutate.js";

/** Set by `npm run fuzz -- --minutes N`; otherwise a fixed, short selection of the same cases runs. */
export const MINUTES: number = Number(process.env["PAWL_FUZZ_MINUTES"] ?? 0);
const CASES = 120;
/** A case that takes longer counts as a hang. Milliseconds. */
const PATIENCE = 5_000;
/** A case after which the process has grown by more has spent memory that its file does not justify. */
const MOST_GROWTH = 2 ** 30;

/** For each target, all together. Milliseconds. */
export const LIMIT: number = MINUTES * 60_000 + 60_000;

export const folder: string = mkdtempSync(join(tmpdir(), "pawl-fuzz-"));

/**
 * Throws changed files at a reader: each must end with a result or a PawlError, in time and memory.
 * @param targets how many share the minutes
 */
export async function fuzz(name: string, { make, read, opens = true }: Target, targets: number): Promise<void> {
  const end = performance.now() + (MINUTES * 60_000) / targets;
  const ends = { opened: 0, refused: 0 };
  const before = process.memoryUsage().rss;
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
    if (process.memoryUsage().rss - before > MOST_GROWTH) throw report(name, seed, bytes, "it takes too much memory");
  }
  // Neither all nor none: cases that never open, or always do, test nothing.
  const cases = ends.opened + ends.refused;
  expect(ends.refused).toBeGreaterThan(Math.min(CASES, cases) / 20);
  if (opens) expect(ends.opened).toBeGreaterThan(0);
  if (MINUTES > 0) console.log(`${name}: ${cases} cases, ${ends.refused} refused`);
}

function report(name: string, seed: number, bytes: Uint8Array, cause: unknown): Error {
  const file = join(folder, `failing-${seed}`);
  writeFileSync(file, bytes);
  return new Error(`${name}, seed ${seed}: ${cause instanceof Error ? cause.stack : String(cause)} (${file})`);
}

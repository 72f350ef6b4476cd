import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { extentOf } from "../support/extent.js";
import { ROOT } from "../support/run-ts.js";

/** How much of the suites runs: all in `npm run reliability`. */
const EXTENT = extentOf("PAWL_RELIABILITY");
export const FULL: boolean = EXTENT === "full";

/** What a suite takes when it runs in full, in CI (some of it), and in `npm cit` (a little). */
export const scaled = <T>(full: T, some: T, little: T): T => ({ full, some, little })[EXTENT];

/** Writes the measurements of a full run for `scripts/reliability/report.mjs`. */
export function publish(suite: string, figures: Readonly<Record<string, unknown>>): void {
  if (!FULL) return;
  const folder = join(ROOT, ".cache/reliability");
  mkdirSync(folder, { recursive: true });
  const machine = { cpu: cpus()[0]?.model ?? "unknown", cores: cpus().length, node: process.version };
  writeFileSync(join(folder, `${suite}.json`), `${JSON.stringify({ ...figures, machine }, null, 2)}\n`);
}

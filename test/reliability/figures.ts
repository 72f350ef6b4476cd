import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { ROOT } from "../support/run-ts.js";

/** Whether the suites run in full (`npm run reliability`) or only their quick part. */
export const FULL: boolean = process.env["PAWL_RELIABILITY"] === "full";

/** Count for a full run and for a quick one; variables such as `PAWL_KILLS` override both. */
export function scale(name: string, full: number, quick: number): number {
  return Number(process.env[name] ?? (FULL ? full : quick));
}

/** Writes the measurements of a full run for `scripts/reliability/report.mjs`. */
export function publish(suite: string, figures: Readonly<Record<string, unknown>>): void {
  if (!FULL) return;
  const folder = join(ROOT, ".cache/reliability");
  mkdirSync(folder, { recursive: true });
  const machine = { cpu: cpus()[0]?.model ?? "unknown", cores: cpus().length, node: process.version };
  writeFileSync(join(folder, `${suite}.json`), `${JSON.stringify({ ...figures, machine }, null, 2)}\n`);
}

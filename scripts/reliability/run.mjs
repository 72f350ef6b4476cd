// Measures all figures of docs/reliability.md, one suite after the other so that none disturbs another, and writes it.
// npm run reliability [-- SUITE… | --check]    --check: the page stays as it is; PAWL_RELIABILITY=some with it: what CI runs
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");
// What measures time comes first, while the machine is cool and the disk has nothing left to write.
const SUITES = [
  "stall",
  "memory",
  "reference-models",
  "crash-states",
  "failed-operations",
  "thread-failures",
  "stops",
  "kills",
  "data-kills",
  "sweep-kills",
];

const check = process.argv.includes("--check");
const wanted = process.argv.slice(2).filter((argument) => argument !== "--check");
const unknown = wanted.filter((name) => !SUITES.includes(name));
if (unknown.length > 0) {
  console.error(`No suite is called ${unknown.join(", ")}. There are: ${SUITES.join(", ")}.`);
  process.exit(2);
}
/** Other programs may have had the machine: these are measured once more before they count as failed. */
const OF_THE_MACHINE = ["stall", "memory"];
const measure = (suite) =>
  spawnSync("npx", ["vitest", "run", `test/reliability/${suite}.test.ts`], {
    cwd: root,
    stdio: "inherit",
    env: { PAWL_RELIABILITY: "full", ...process.env },
  }).status === 0;
const failed = [];
for (const suite of wanted.length > 0 ? wanted : SUITES) {
  const start = performance.now();
  console.log(`\n${suite}`);
  const isGood = measure(suite) || (OF_THE_MACHINE.includes(suite) && measure(suite));
  if (!isGood) failed.push(suite);
  console.log(`${suite}: ${isGood ? "ok" : "FAILED"} (${((performance.now() - start) / 1000).toFixed(0)} s)`);
}
if (!check) await import("./report.mjs");
if (failed.length > 0) {
  console.error(`Failed: ${failed.join(", ")}`);
  process.exit(1);
}

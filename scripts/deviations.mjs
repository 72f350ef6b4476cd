// Measures how far each member is from real Keras in the contract tests -> test/golden/deviations.json, for docs/parity.md.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const KINDS = {
  layers: "layers",
  activations: "activations",
  ops: "ops",
  losses: "losses",
  metrics: "metrics",
  optimizers: "optimizers",
  schedules: "optimizers.schedules",
  regularizers: "regularizers",
  constraints: "constraints",
  utils: "utils",
};
const record = join(mkdtempSync(join(tmpdir(), "pawl-deviations-")), "record.jsonl");
writeFileSync(record, "");
const run = (args, env) =>
  execFileSync("npx", ["vitest", "run", ...args, "--silent"], { stdio: "inherit", env: { ...process.env, ...env } });
run(
  Object.keys(KINDS).map((kind) => `test/contracts/${kind}.test.ts`),
  { PAWL_DEVIATIONS: record },
);

const worst = {};
for (const line of readFileSync(record, "utf8").split("\n").filter(Boolean)) {
  const { kind, test, deviation } = JSON.parse(line);
  const member = `${KINDS[kind]}.${test.split(/ > |\s/)[0]}`.replace(/^ops\.(\w+)\.(\w+)$/, "ops.$1.$2");
  worst[member] = Math.max(worst[member] ?? 0, deviation);
}
const entries = Object.entries(worst)
  .sort(([a], [b]) => (a < b ? -1 : 1))
  // One digit: the rest differs between machines.
  .map(([member, deviation]) => [member, Number(deviation.toExponential(0))]);
const target = new URL("../test/golden/deviations.json", import.meta.url);
writeFileSync(target, `${JSON.stringify(Object.fromEntries(entries), null, 1)}\n`);
console.log(`${entries.length} members measured`);
run(["test/contracts/parity.test.ts", "-u"]);

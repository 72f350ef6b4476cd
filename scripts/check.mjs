// The one command for everything cheap, cheapest first: format and lint, types, generated documents.
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const steps = [
  ["format and lint", "node_modules/@biomejs/biome/bin/biome", ["check", "--error-on-warnings"]],
  ["types", "node_modules/typescript/bin/tsc", ["-p", "."]],
  ["types of the page", "node_modules/typescript/bin/tsc", ["-p", "board"]],
  ["the table of error codes", "scripts/error-table.mjs", ["--check"]],
];

for (const [name, bin, args] of steps) {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, [join(root, bin), ...args], { cwd: root, stdio: "inherit" });
  if (status !== 0) {
    console.error(`check: ${name} failed`);
    process.exit(status ?? 1);
  }
  console.log(`check: ${name} ok (${((performance.now() - start) / 1000).toFixed(1)} s)`);
}

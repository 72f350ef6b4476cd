// Flips every bit of small checkpoints, and throws changed files at everything that reads files, for as long as told: npm run fuzz -- --minutes 10
// What fails is printed with its seed and kept as a file. A reader that hangs is ended, which fails too.
import { spawn } from "node:child_process";
import { join } from "node:path";

const at = process.argv.indexOf("--minutes");
const minutes = at < 0 ? 1 : Number(process.argv[at + 1]);
if (!(minutes > 0)) {
  console.error("Usage: npm run fuzz -- --minutes N");
  process.exit(2);
}

const root = join(import.meta.dirname, "..");
const vitest = join(root, "node_modules/vitest/vitest.mjs");
const child = spawn(
  process.execPath,
  [vitest, "run", "test/hostile/fuzz", "test/hostile/bit-flips", "--disable-console-intercept"],
  {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, PAWL_FUZZ_MINUTES: String(minutes) },
    detached: true,
  },
);
const limit = setTimeout(
  () => {
    console.error("fuzz: a reader hangs");
    process.kill(-child.pid, "SIGKILL");
  },
  (minutes * 1.5 + 3) * 60_000,
);
process.on("SIGINT", () => process.kill(-child.pid, "SIGKILL"));
child.on("close", (code) => {
  clearTimeout(limit);
  process.exit(code ?? 1);
});

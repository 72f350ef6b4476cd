// Random programs against the interpreter, for as long as told: node scripts/random-programs.mjs --minutes 60 --seed 7
// A program that fails is made smaller and printed, with the seed that repeats it.
import { spawn } from "node:child_process";
import { join } from "node:path";

const option = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};
const minutes = option("minutes", 1);
const seed = option("seed", Math.floor(Math.random() * 1e9));
if (!(minutes > 0) || !Number.isInteger(seed)) {
  console.error("Usage: node scripts/random-programs.mjs --minutes N [--seed N]");
  process.exit(2);
}
console.log(`seed ${seed}, ${minutes} minutes`);
const root = join(import.meta.dirname, "..");
const child = spawn(
  process.execPath,
  [join(root, "node_modules/vitest/vitest.mjs"), "run", "test/programs", "--disable-console-intercept"],
  {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, PAWL_PROGRAMS_MINUTES: String(minutes), PAWL_PROGRAMS_SEED: String(seed) },
  },
);
child.on("close", (code) => process.exit(code ?? 1));

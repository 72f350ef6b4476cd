// Builds the library into dist/: bundled ESM with types. Skips when nothing is newer than the last build (--force builds).
import { spawnSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

function newest(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

// The page of the board, by itself: a change of the library does not build it again.
const page = join(root, ".cache/board");
const pageInputs = ["board", "package-lock.json"].map((name) => newest(join(root, name)));
const pageBuilt = statSync(join(page, "index.html"), { throwIfNoEntry: false })?.mtimeMs ?? 0;
if (process.argv.includes("--force") || Math.max(...pageInputs) > pageBuilt) {
  const { build } = await import("vite");
  await build({ configFile: join(root, "board/vite.config.mjs") });
}

const inputs = ["src", "package.json", "tsdown.config.mjs", "scripts/build.mjs", "scripts/thread-programs.mjs"].map(
  (name) => newest(join(root, name)),
);
const built = statSync(join(root, "dist/index.js"), { throwIfNoEntry: false })?.mtimeMs ?? 0;

if (process.argv.includes("--force") || Math.max(...inputs) > built) {
  rmSync(join(root, "dist"), { recursive: true, force: true });
  const bin = join(root, "node_modules/tsdown/dist/run.mjs");
  // The programs of threads first: the library holds their texts.
  for (const what of ["threads", "library"]) {
    // The bundler talks about itself and about Node's age; a user hears of it only when something is wrong.
    const env = { ...process.env, PAWL_BUILD: what };
    const { status, stdout, stderr } = spawnSync(process.execPath, [bin], { cwd: root, encoding: "utf8", env });
    if (status !== 0) {
      console.error(stdout + stderr);
      process.exit(status ?? 1);
    }
  }
  // The bundler leaves the "!" of `kernel!: Variable`, which declarations may not have.
  for (const name of readdirSync(join(root, "dist")).filter((file) => file.endsWith(".d.ts"))) {
    const path = join(root, "dist", name);
    const text = readFileSync(path, "utf8");
    writeFileSync(path, text.replace(/^(\s+(?:(?:public|protected|readonly|override) )*[\w$]+)!: /gm, "$1: "));
  }
  // Text in ASCII is read twice as fast: other characters stand in strings alone, as comments are gone.
  for (const name of readdirSync(join(root, "dist")).filter((file) => file.endsWith(".js"))) {
    const path = join(root, "dist", name);
    const escaped = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
    writeFileSync(path, readFileSync(path, "utf8").replace(/[\u0080-\uffff]/g, escaped));
  }
  console.log("Built dist/");
}
cpSync(page, join(root, "dist/board"), { recursive: true });

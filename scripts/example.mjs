// Runs one TypeScript example on any Node: builds the library if needed, strips the types, starts it here.
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { emitExample } from "./emit-example.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const [source, ...rest] = process.argv.slice(2);
if (source === undefined) {
  console.error("Usage: npm run example examples/NAME.ts [arguments]");
  process.exit(2);
}

const build = spawnSync(process.execPath, [join(root, "scripts/build.mjs")], { stdio: "inherit" });
if (build.status !== 0) process.exit(build.status ?? 1);

const file = emitExample(source);
process.argv = [process.argv[0], file, ...rest];
await import(pathToFileURL(file).href);

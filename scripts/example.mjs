// Runs one TypeScript example on any Node: builds the library if needed, strips the types, starts it here.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import ts from "typescript";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const [source, ...rest] = process.argv.slice(2);
if (source === undefined) {
  console.error("Usage: npm run example examples/NAME.ts [arguments]");
  process.exit(2);
}

const build = spawnSync(process.execPath, [join(root, "scripts/build.mjs")], { stdio: "inherit" });
if (build.status !== 0) process.exit(build.status ?? 1);

const { outputText } = ts.transpileModule(readFileSync(resolve(source), "utf8"), {
  compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true },
});
// Inside the package, so that `import "pawl"` finds the package itself.
const folder = join(root, ".cache/examples");
mkdirSync(folder, { recursive: true });
const file = join(folder, `${basename(source, ".ts")}.mjs`);
writeFileSync(file, outputText);
process.argv = [process.argv[0], file, ...rest];
await import(pathToFileURL(file).href);

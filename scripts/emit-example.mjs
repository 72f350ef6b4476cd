// Strips the types of an example, and of what it imports from examples/data, and writes them inside the package, so that
// `import "pawl"` finds the package itself.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true };

function emit(source, file) {
  const text = readFileSync(source, "utf8");
  mkdirSync(dirname(file), { recursive: true });
  for (const [, name] of text.matchAll(/from "\.\/(.+)\.js"/g)) {
    emit(join(dirname(source), `${name}.ts`), join(dirname(file), `${name}.js`));
  }
  writeWhole(file, ts.transpileModule(text, { compilerOptions }).outputText);
}

/** Another process may read the file at this moment: it finds all of it, as it was or as it is now. */
export function writeWhole(file, text) {
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, text);
  renameSync(temporary, file);
}

/** @returns the path of the program to start */
export function emitExample(source) {
  const file = join(root, ".cache/examples", `${basename(source, ".ts")}.mjs`);
  emit(resolve(source), file);
  return file;
}

// Prints the README's first TypeScript example as JavaScript.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const readme = readFileSync(join(import.meta.dirname, "../README.md"), "utf8");
const block = /```ts\n([\s\S]*?)```/.exec(readme);
if (block === null) throw new Error("README.md has no TypeScript example");
process.stdout.write(
  ts.transpileModule(block[1], { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext } })
    .outputText,
);

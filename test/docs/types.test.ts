import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { ROOT } from "../support/run-ts.js";

/** The blocks of the documents as modules, since each is a program of its own. */
function writeBlocks(folder: string): string[] {
  const documents = ["README.md", ...readdirSync(join(ROOT, "docs")).map((name) => `docs/${name}`)];
  return documents
    .filter((name) => name.endsWith(".md"))
    .flatMap((name) =>
      [...readFileSync(join(ROOT, name), "utf8").matchAll(/```ts\n([\s\S]*?)```/g)].map((match, i) => {
        const path = join(folder, `${name.replace(/\W/g, "-")}-block-${i + 1}.ts`);
        writeFileSync(path, `${match[1]}\nexport {};\n`);
        return path;
      }),
    );
}

test("every block of the documents has the types that users get", () => {
  const files = writeBlocks(mkdtempSync(join(tmpdir(), "pawl-docs-types-")));
  const program = ts.createProgram(files, {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Preserve,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    paths: { pawl: [join(ROOT, "dist/index.d.ts")] },
    types: ["node"],
    typeRoots: [join(ROOT, "node_modules/@types")],
  });
  const found = ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
    return `${file?.fileName.split("/").at(-1)}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
  });
  expect(found).toEqual([]);
}, 120_000);

import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

const ROOT = resolve(import.meta.dirname, "../..");

/** Casts, `any` and `!` in a program: what its author had to know better than the types. */
function castsIn(name: string, source: string): string[] {
  const file = ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const isConst = ts.isAsExpression(node) && node.type.getText(file) === "const";
    const isCast = (ts.isAsExpression(node) && !isConst) || ts.isTypeAssertionExpression(node);
    const isBang =
      ts.isNonNullExpression(node) || (ts.isPropertyDeclaration(node) && node.exclamationToken !== undefined);
    if (isCast || isBang || node.kind === ts.SyntaxKind.AnyKeyword) {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
      found.push(`${name}:${line + 1}: ${node.getText(file)}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

const sources = (folder: string): string[] =>
  readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith(".ts"))
    .map((name) => `${folder}/${name}`);

test.each([...sources("examples"), "test/types/single-and-several.ts", "test/types/ports.ts"])(
  "%s needs no cast",
  (name) => expect(castsIn(name, readFileSync(join(ROOT, name), "utf8"))).toEqual([]),
);

test("casts are seen", () => {
  const source = "let a = b as C; const d = <E>f; g!.h; let i: any; const j = [1] as const; class K { l!: M }";
  expect(castsIn("x.ts", source).map((text) => text.slice(6))).toEqual(["b as C", "<E>f", "g!", "any", "l!: M"]);
});

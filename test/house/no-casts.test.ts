import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

const ROOT = resolve(import.meta.dirname, "../..");

/**
 * Casts and `any` in a program: what its author had to know better than the types. An element of a list that may not be
 * there (`list[0]!`) is no fault of Pawl's types, but in the ports there is none either.
 */
function castsIn(name: string, source: string, bangs: boolean): string[] {
  const file = ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const isConst = ts.isAsExpression(node) && node.type.getText(file) === "const";
    const isCast = (ts.isAsExpression(node) && !isConst) || ts.isTypeAssertionExpression(node);
    const isBang =
      ts.isNonNullExpression(node) || (ts.isPropertyDeclaration(node) && node.exclamationToken !== undefined);
    if (isCast || (bangs && isBang) || node.kind === ts.SyntaxKind.AnyKeyword) {
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

test.each(sources("examples"))("%s needs no cast", (name) => {
  expect(castsIn(name, readFileSync(join(ROOT, name), "utf8"), false)).toEqual([]);
});

test.each(["test/types/single-and-several.ts", "test/types/ports.ts"])("%s needs no cast", (name) => {
  expect(castsIn(name, readFileSync(join(ROOT, name), "utf8"), true)).toEqual([]);
});

test("casts are seen", () => {
  const source = "let a = b as C; const d = <E>f; g!.h; let i: any; const j = [1] as const; class K { l!: M }";
  expect(castsIn("x.ts", source, true).map((text) => text.slice(8))).toEqual(["b as C", "<E>f", "g!", "any", "l!: M"]);
});

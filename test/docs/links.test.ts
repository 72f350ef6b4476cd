import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { describe, expect, test } from "vitest";

const ROOT = resolve(import.meta.dirname, "../..");
const PACKED = (JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { files: string[] }).files;
const PAGES = [
  "README.md",
  "CHANGELOG.md",
  "CONTRIBUTING.md",
  ...readdirSync(join(ROOT, "docs")).map((n) => `docs/${n}`),
];

const linksOf = (page: string): string[] =>
  [...readFileSync(join(ROOT, page), "utf8").matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(
    (match) => match[1]!,
  );

describe.each(PAGES.filter((page) => page.endsWith(".md")))("%s", (page) => {
  test("every relative link leads to a file that the package contains", () => {
    const wrong = linksOf(page).filter((link) => {
      const target = join(dirname(page), link);
      return (
        !existsSync(join(ROOT, target)) || !PACKED.some((entry) => target === entry || target.startsWith(`${entry}/`))
      );
    });
    expect(wrong).toEqual([]);
  });
});

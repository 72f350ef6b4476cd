import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";

it("the table of error codes shows text, and no source", () => {
  const rows = readFileSync(resolve(import.meta.dirname, "../../docs/errors.md"), "utf8")
    .split("\n")
    .filter((line) => line.startsWith("| `"));
  expect(rows.length).toBeGreaterThan(200);
  for (const row of rows) expect(row).not.toMatch(/\$\{|=== |\? +\||PawlError/u);
});

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";

test("members that only the library uses are not in the declarations that users get", () => {
  const text = readFileSync(resolve(import.meta.dirname, "../../dist/index.d.ts"), "utf8");
  expect(text).toContain("declare abstract class Layer<");
  for (const internal of ["@internal", "networkKind", "ownWeights", "ensureBuilt"])
    expect(text).not.toContain(internal);
});

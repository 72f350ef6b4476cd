import { describe, test } from "vitest";
import { dataTargets } from "./fuzz-data-targets.js";
import { fuzz, LIMIT } from "./fuzz-loop.js";

const targets = Object.entries(await dataTargets());

describe("whatever files of data hold, reading ends with records or a PawlError", () => {
  test.each(targets)("%s", (name, target) => fuzz(name, target, targets.length), LIMIT);
});

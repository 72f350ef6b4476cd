import { beforeAll, describe, expect, test, vi } from "vitest";
import { folder, fuzz, LIMIT } from "./fuzz-loop.js";
import { fuzzTargets, type GoodFiles } from "./fuzz-targets.js";
import { makeGoodFiles } from "./good-files.js";

const NAMES = [
  "h5, bytes",
  "h5, configs",
  "keras, bytes",
  "keras, entries",
  "weights.h5, bytes",
  "safetensors, bytes",
  "tfjs, bytes",
  "tfjs, model.json",
  "tfjs, as Pawl wrote it",
  "tfjs, weights",
  "npz, bytes",
  "checkpoint, bytes",
  "checkpoint, state",
  "checkpoint, inspected",
  "loop, bytes",
  "loop, state",
  "loop, inspected",
  "record, bytes",
  "record, events",
  "verify, as it lies there",
] as const;

let good: GoodFiles;

beforeAll(async () => {
  good = await makeGoodFiles();
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
});

describe("whatever a file holds, reading ends with a result or a PawlError", () => {
  test("every target is named", () => expect(Object.keys(fuzzTargets(good, folder))).toEqual(NAMES));

  test.each(NAMES)("%s", (name) => fuzz(name, fuzzTargets(good, folder)[name]!, NAMES.length), LIMIT);
});

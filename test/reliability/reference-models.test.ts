import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { scratch } from "../resume/support.js";
import { REFERENCE_MODELS, REFERENCE_PROGRAM } from "../support/reference-models.js";
import { emitProgram, runNode } from "../support/run-ts.js";
import { publish, scaled } from "./figures.js";

let program = "";
const folder = scratch();
let differences = 0;
const stops: Record<string, number> = {};

beforeAll(async () => {
  program = emitProgram("reference-models", REFERENCE_PROGRAM);
  const { code, stderr } = await runNode(program, folder, ["whole", folder]);
  expect([code, stderr]).toEqual([0, ""]);
});

describe("a training of three epochs, stopped at each of its cuts and finished in a fresh process", () => {
  test.each(REFERENCE_MODELS)(
    "%s: the same weights, optimizer and history",
    async (name) => {
      const { code, stderr } = await runNode(program, folder, ["resume", folder, name, scaled("1", "3", "7")]);
      expect([code, stderr]).toEqual([0, ""]);
      const results = JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")) as Record<string, boolean>;
      const different = Object.entries(results).filter(([, same]) => !same);
      differences += different.length;
      expect(different).toEqual([]);
      stops[name] = Object.keys(results).length;
      expect(stops[name]).toBeGreaterThanOrEqual(scaled(24, 8, 4));
    },
    600_000,
  );

  test("each step and each epoch has its checkpoint", () => {
    const steps = readdirSync(join(folder, "dropout-epochs")).filter((name) => name.endsWith(".pawl"));
    const last = [5, 10, 15].map((step) => `step-${step}.pawl`);
    expect(steps.length).toBe(1 + 3 * 5);
    expect(readdirSync(join(folder, "dropout-steps")).filter((name) => name.endsWith(".pawl")).length).toBe(
      1 + 3 * 5 + 1,
    );
    for (const ending of last) expect(steps.some((name) => name.endsWith(ending))).toBe(true);
  });

  afterAll(() => publish("reference-models", { models: REFERENCE_MODELS.length, stops, differences }));
});

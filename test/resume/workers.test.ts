import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { moreNames, wideNames } from "../../bench/protocol.mjs";
import type { RecordEvent } from "../../src/store/index.js";
import { extentOf } from "../support/extent.js";
import { ROOT, runNode } from "../support/run-ts.js";
import { scratch } from "./support.js";

// Models of full size take minutes: PAWL_SEVEN=some or full.
const extent = extentOf("PAWL_SEVEN");
const seven = ["seed", "mlp", "wide", "convnet", "resnet", "lstm", "transformer"];
const names = [...seven, ...(extent === "full" ? [...moreNames, ...wideNames] : []), "class"];
/** The tabular net is there once more with other metrics, which change no state. */
const states = extent === "full" ? names.length - 1 : names.length;
const settings = { names, steps: { full: 25, some: 4, little: 3 }[extent], isSmall: extent === "little" };
const MINUTES = { little: 2, some: 20, full: 90 }[extent] * 60_000;

interface Trained {
  readonly state: string;
  readonly loss: number;
}

/** Runs the program in a fresh process with this many workers. @returns digests by name */
async function train(
  workers: number,
  part: "all" | "first" | "second" | "parent" | "fork",
  folder: string,
): Promise<Readonly<Record<string, Trained>>> {
  const program = join(ROOT, "test/support/seven-program.mjs");
  const { code, stdout, stderr } = await runNode(program, folder, [JSON.stringify({ ...settings, part, folder })], {
    PAWL_WORKERS: String(workers),
  });
  expect({ code, stderr }).toMatchObject({ code: 0 });
  return JSON.parse(stdout) as Record<string, Trained>;
}

/** Step, state and chain of each save, each place once. */
function savesIn(dir: string): string[] {
  const lines = readFileSync(join(dir, "log.jsonl"), "utf8").trim().split("\n");
  const saves = lines.map((line) => JSON.parse(line) as RecordEvent).filter((event) => event.event === "save");
  return [...new Set(saves.map(({ step, state, chain }) => `${step} ${state} ${chain}`))];
}

describe("the benchmark's models and one that is a class, in four shards", () => {
  let alone: Readonly<Record<string, Trained>>;

  beforeAll(async () => {
    expect(existsSync(join(ROOT, "dist/index.js")), "npm run build comes first").toBe(true);
    alone = await train(1, "all", scratch());
  }, MINUTES);

  test("are all there, with finite weights", () => {
    expect(Object.keys(alone)).toEqual(names);
    for (const { loss } of Object.values(alone)) expect(Number.isFinite(loss)).toBe(true);
    expect(new Set(Object.values(alone).map(({ state }) => state)).size).toBe(states);
  });

  test.each([2, 3, 4])("end with the same bits on %i workers as on one", { timeout: MINUTES }, async (workers) => {
    expect(await train(workers, "all", scratch())).toEqual(alone);
  });

  test.each([
    [3, 1],
    [1, 4],
  ])("end with the same bits when %i workers begin and %i go on", { timeout: MINUTES }, async (before, after) => {
    const folder = scratch();
    await train(before, "first", folder);
    expect(await train(after, "second", folder)).toEqual(alone);
  });

  test("are the parent bit for bit as forks with nothing changed, in the chain too", { timeout: MINUTES }, async () => {
    const folder = scratch();
    expect(await train(1, "parent", folder)).toEqual(alone);
    expect(await train(2, "fork", folder)).toEqual(alone);
    for (const name of names) {
      const [parent, fork] = ["parent", "fork"].map((which) => savesIn(join(folder, `${name}-${which}`)));
      expect([name, fork]).toEqual([name, parent!.slice(1)]);
    }
  });
});

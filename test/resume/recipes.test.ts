import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { emitExample } from "../../scripts/emit-example.mjs";
import { extentOf } from "../support/extent.js";
import { type Finished, ROOT, runNode } from "../support/run-ts.js";
import { scratch } from "./support.js";

/** PAWL_RECIPES=full stops at every step, kills, and goes through all numbers of workers; `some` kills; else each recipe stops once. */
const extent = extentOf("PAWL_RECIPES");
const isFull = extent === "full";
const WORKERS = isFull ? [2, 3, 4] : [];
const MINUTES = (isFull ? 20 : 3) * 60_000;

interface Recipe {
  /** Most batches of an epoch. */
  readonly batches?: number;
  /** Steps of training between two stops. */
  readonly stride?: number;
  /** Trains in a loop of its own, whose steps are other ones than those of training. */
  readonly loops?: boolean;
}

const RECIPES: Readonly<Record<string, Recipe>> = {
  dcgan: {},
  diffusion: {},
  distillation: {},
  dqn: { stride: isFull ? 10 : 90, loops: true },
  explain: {},
  maml: {},
  pinn: { batches: 1, stride: isFull ? 1 : 6 },
  ppo: { stride: isFull ? 1 : 9, loops: true },
  simclr: {},
  style: { stride: isFull ? 1 : 20 },
  triplet: {},
  vae: {},
  "wgan-gp": { batches: 4 },
};

const HOOK = pathToFileURL(join(ROOT, "test/support/recipe-hook.mjs")).href;

/** Runs a recipe in a fresh process; SIGTERM after `stopAfter` steps of training. */
async function run(name: string, folder: string, env: NodeJS.ProcessEnv = {}): Promise<Finished & { digest: string }> {
  const out = join(folder, "digest");
  const { batches = 2 } = RECIPES[name]!;
  const program = emitExample(join(ROOT, "examples", `${name}.ts`));
  const settings = { NODE_OPTIONS: `--import ${HOOK}`, OUT: out, SHARDS: "4", BATCHES: String(batches), ...env };
  const finished = await runNode(program, folder, [], settings);
  return { ...finished, digest: existsSync(out) ? readFileSync(out, "utf8") : "" };
}

describe.each(Object.keys(RECIPES))("%s", (name) => {
  let whole = "";

  beforeAll(async () => {
    const { code, stderr, digest } = await run(name, scratch(), { PAWL_WORKERS: "1" });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    whole = digest;
  }, MINUTES);

  test("stopped again and again, each time gone on with in a fresh process, ends with the same bits", {
    timeout: MINUTES,
  }, async () => {
    const folder = scratch();
    const { stride = isFull ? 1 : 3 } = RECIPES[name]!;
    let stops = 0;
    for (;;) {
      const stopsAgain = isFull || stops === 0;
      const { code, stderr, digest } = await run(name, folder, {
        ...(stopsAgain ? { STOP_AFTER: String(stride) } : {}),
        ...(isFull ? {} : { PAWL_WORKERS: "3" }),
      });
      expect(stderr).toBe("");
      if (code === 0) {
        expect(digest).toBe(whole);
        break;
      }
      expect(code).toBe(143);
      stops += 1;
    }
    expect(stops).toBeGreaterThan(isFull ? 1 : 0);
  });

  test.each(WORKERS)("ends with the same bits on %i workers", { timeout: MINUTES }, async (workers) => {
    expect((await run(name, scratch(), { PAWL_WORKERS: String(workers) })).digest).toBe(whole);
  });

  test.skipIf(extent === "little")(
    "killed in the middle and started again ends with the same bits",
    { timeout: MINUTES },
    async () => {
      const folder = scratch();
      const killed = await run(name, folder, { KILL_AFTER: RECIPES[name]!.loops ? "50" : "3" });
      expect(killed.code).toBe(null);
      expect((await run(name, folder)).digest).toBe(whole);
    },
  );
});

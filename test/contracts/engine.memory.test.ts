import { expect, it } from "vitest";
import { defaultArena } from "../../src/engine/arena.js";
import { trainStep } from "./engine.step.js";
import { ENGINES } from "./engines.js";

const STEPS = 10_000;
const MEGABYTE = 2 ** 20;

it(`keeps memory flat over ${STEPS} steps`, async () => {
  const engine = await ENGINES[0]![1]();
  const step = trainStep(2);
  const program = await engine.compile(step.spec);
  const feeds = [8, 5].map((rows) => [rows, step.feeds(rows)] as const);
  const run = async (steps: number): Promise<void> => {
    for (let iteration = 0; iteration < steps; iteration++) {
      const [rows, fed] = feeds[iteration % 2]!;
      await program.run({ rows, feeds: fed, seed: 1, iteration });
    }
  };
  await run(STEPS / 5);
  const [arena, resident] = [defaultArena().usedBytes, process.memoryUsage().rss];
  await run(STEPS);
  expect(defaultArena().usedBytes).toBe(arena);
  // A leak of a few hundred bytes per step would add several times as much.
  expect(process.memoryUsage().rss - resident).toBeLessThan(24 * MEGABYTE);
});

import { expect, it } from "vitest";
import { defaultArena } from "../../src/engine/arena.js";
import { grad, type InputValue } from "../../src/graph/index.js";
import * as ops from "../../src/ops/index.js";
import { numbers, trainStep, variable } from "./engine.step.js";
import { ENGINES } from "./engines.js";

const STEPS = 10_000;
const MEGABYTE = 2 ** 20;

it("a smaller last batch takes no memory for gradients of its own", async () => {
  const engine = await ENGINES[0]![1]();
  const inputs = { x: ops.input("x", [-1, 512], "float32"), y: ops.input("y", [-1, 512], "float32") };
  const weights = variable("weights", [512, 512], 1);
  const product = ops.matmul(inputs.x, weights.value);
  const loss = ops.mean(ops.square(ops.subtract(product, inputs.y)));
  const [gradient] = grad(loss, [weights.value]);
  // Norms need all gradients at the same time, so none of them lies where the weights are.
  const scaled = ops.divide(gradient!, ops.sqrt(ops.sum(ops.square(gradient!))));
  const updates = new Map([[weights, ops.subtract(weights.value, scaled)]]);
  const program = await engine.compile({ name: "step", results: { loss }, updates, shards: 2 });
  const run = (rows: number): Promise<unknown> => {
    const feeds = new Map(Object.values(inputs).map((input) => [input as InputValue, numbers(rows * 512, 1)]));
    return program.run({ rows, feeds, seed: 0, iteration: 0 });
  };
  await run(64);
  const before = defaultArena().usedBytes;
  await run(60);
  expect(defaultArena().usedBytes - before).toBeLessThan(1024);
  await run(8);
  expect(defaultArena().usedBytes - before).toBeLessThan(1024);
  program.dispose();
  expect(defaultArena().usedBytes).toBeLessThan(before - 2 * 512 * 512 * 4);
});

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

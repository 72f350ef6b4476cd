import { afterEach, describe, expect, it } from "vitest";
import { sha256, toHex } from "../../src/core/sha256.js";
import { configure, type Engine, Variable } from "../../src/engine/index.js";
import { grad } from "../../src/graph/autodiff.js";
import type { InputValue } from "../../src/graph/value.js";
import * as ops from "../../src/ops/index.js";
import { numbers, trainStep } from "./engine.step.js";
import { ENGINES } from "./engines.js";

afterEach(() => configure({}));

/** Digest of all weights after some steps, the last with another batch size. */
async function train(engine: Engine, shards: number): Promise<string> {
  const step = trainStep(shards);
  const program = await engine.compile(step.spec);
  for (const [iteration, rows] of [16, 16, 16, 16, 7, 2].entries()) {
    await program.run({ rows, feeds: step.feeds(rows), seed: 3, iteration });
  }
  program.dispose();
  return toHex(
    await sha256(
      step.weights.map((weight) => new Uint8Array((weight.read().data as Float32Array).buffer as ArrayBuffer)),
    ),
  );
}

/** A slow step: products of large matrices, for each row of the batch. */
async function longStep(engine: Engine, shards: number) {
  const weight = new Variable({ name: "w", shape: [768, 768], initial: numbers(768 * 768, 1) });
  const x = ops.input("x", [-1, 768, 768], "float32") as InputValue;
  const product = ops.tanh(ops.matmul(ops.tanh(ops.matmul(x, weight.value)), weight.value));
  const loss = ops.mean(ops.square(product), { axes: [1, 2] });
  const [gradient] = grad(ops.sum(loss), [weight.value]);
  const updates = new Map([[weight, ops.subtract(weight.value, ops.multiply(ops.allSum(gradient!), 0.01))]]);
  const program = await engine.compile({ name: "long", results: {}, updates, shards });
  const feeds = new Map([[x, numbers(4 * 768 * 768, 2)]]);
  return { weight, program, run: () => program.run({ rows: 4, feeds, seed: 0, iteration: 0 }) };
}

describe.each(ENGINES)("%s engine", (name, start) => {
  it("gives the same bits with any number of workers", async () => {
    const engine = await start();
    const digests: string[] = [];
    for (const workers of [1, 2, 3, 4]) {
      configure({ workers });
      digests.push(await train(engine, 4));
    }
    expect(new Set(digests).size).toBe(1);
    expect(await train(engine, 3)).not.toBe(digests[0]);
  });

  it("dispose() lets a running program finish", async () => {
    const { program, run, weight } = await longStep(await start(), 2);
    const before = weight.read();
    const running = run();
    await Promise.resolve();
    program.dispose();
    await running;
    expect(weight.read()).not.toEqual(before);
    await expect(run()).rejects.toThrow('Program "long" was disposed');
  });

  it("lets timers run between short steps", async () => {
    const step = trainStep(1);
    const program = await (await start()).compile(step.spec);
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    for (const end = performance.now() + 200; performance.now() < end; )
      await program.run({ rows: 4, feeds: step.feeds(4), seed: 0, iteration: 0 });
    clearInterval(timer);
    program.dispose();
    expect(ticks).toBeGreaterThan(3);
  });

  if (name === "native") {
    it.each([1, 2])("leaves the event loop free while it computes (%i shards)", async (shards) => {
      const { program, run } = await longStep(await start(), shards);
      await run();
      let ticks = 0;
      const timer = setInterval(() => ticks++, 1);
      const from = performance.now();
      await run();
      const took = performance.now() - from;
      clearInterval(timer);
      program.dispose();
      // One per millisecond on an idle machine; none if the thread were busy.
      expect(ticks).toBeGreaterThan(took / 20);
    });
  }
});

import { beforeAll, describe, expect, it } from "vitest";
import { EngineError } from "../../src/core/errors.js";
import { Tensor } from "../../src/core/tensor.js";
import { defaultArena } from "../../src/engine/arena.js";
import { type Engine, interpreterEngine, type Program, Variable } from "../../src/engine/index.js";
import { build, grad } from "../../src/graph/index.js";
import * as ops from "../../src/ops/index.js";
import { trainStep } from "./engine.step.js";
import { ENGINES } from "./engines.js";

type Numbers = Record<string, number[]>;

/** Losses, results of the last step and weights after a few steps with batches of 8, 8 and 5 rows. */
async function train(engine: Engine, shards: number): Promise<Numbers> {
  const step = trainStep(shards);
  const program = await engine.compile(step.spec);
  const losses: number[] = [];
  let last: Numbers = {};
  for (const [iteration, rows] of [8, 8, 5].entries()) {
    const out = await program.run({ rows, feeds: step.feeds(rows), seed: 3, iteration });
    losses.push(out["loss"]!.item());
    last = Object.fromEntries(Object.entries(out).map(([name, tensor]) => [name, [...(tensor.data as Float32Array)]]));
  }
  program.dispose();
  const weights = step.weights.map((weight) => [weight.name, [...(weight.read().data as Float32Array)]] as const);
  return { losses, ...last, ...Object.fromEntries(weights) };
}

function expectClose(actual: Numbers, expected: Numbers): void {
  for (const [name, values] of Object.entries(expected)) {
    expect(actual[name]!.length, name).toBe(values.length);
    values.forEach((value, i) => {
      expect(Math.abs(actual[name]![i]! - value), `${name}[${i}]`).toBeLessThan(2e-5);
    });
  }
}

const lossOf = async (engine: Engine, rows: number): Promise<number> => {
  const step = trainStep(1);
  const program = await engine.compile(step.spec);
  const out = await program.run({ rows, feeds: step.feeds(rows), seed: 3, iteration: 0 });
  program.dispose();
  return out["loss"]!.item();
};

describe.each(ENGINES)("%s engine", (_, start) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await start();
  });

  it("trains as the interpreter does", async () => {
    expectClose(await train(engine, 1), await train(interpreterEngine(), 1));
  });

  it.each([2, 3, 5, 7])("%i shards give the same as one, and the same bits each time", async (shards) => {
    const first = await train(engine, shards);
    expect(await train(engine, shards)).toEqual(first);
    expectClose(first, await train(engine, 1));
  });

  it("reports the number of shards of a program", async () => {
    expect((await engine.compile(trainStep(3).spec)).shards).toBe(3);
  });

  it("computes what needs all rows once, in any number of shards", async () => {
    const x = build.input("x", [-1, 2], "float32");
    const spec = { name: "all rows", results: { y: build.cumsum(x, 0, false, false) }, updates: new Map(), shards: 4 };
    const program = await engine.compile(spec);
    expect(program.shards).toBe(4);
    const { y } = await program.run({ rows: 3, feeds: new Map([[x, [1, 2, 3, 4, 5, 6]]]), seed: 0, iteration: 0 });
    expect(y!.tolist()).toEqual([
      [1, 2],
      [4, 6],
      [9, 12],
    ]);
  });

  it("returns values whose batch axis is not the first whole", async () => {
    const x = build.input("x", [-1, 2], "float32");
    const spec = { name: "t", results: { y: build.transpose(x, [1, 0]) }, updates: new Map(), shards: 2 };
    const program = await engine.compile(spec);
    const { y } = await program.run({ rows: 3, feeds: new Map([[x, [1, 2, 3, 4, 5, 6]]]), seed: 0, iteration: 0 });
    expect(y!.tolist()).toEqual([
      [1, 3, 5],
      [2, 4, 6],
    ]);
  });

  it("other batch sizes, steps, rates or seeds need no new session", async () => {
    const step = trainStep(2);
    const program = await engine.compile(step.spec);
    const made = engine.sessionCount;
    for (const rows of [8, 5, 1, 8]) {
      for (const seed of [1, 2]) {
        await program.run({ rows, feeds: step.feeds(rows, 0.01 * rows), seed, iteration: rows });
      }
    }
    expect(engine.sessionCount).toBe(made);
  });

  it("equal programs share sessions", async () => {
    const one = await engine.compile(trainStep(1).spec);
    const made = engine.sessionCount;
    const two = await engine.compile(trainStep(1).spec);
    expect(engine.sessionCount).toBe(made);
    one.dispose();
    two.dispose();
    const three = await engine.compile(trainStep(1).spec);
    expect(engine.sessionCount).toBeGreaterThan(made);
    three.dispose();
  });

  it("a failed run changes no variable", async () => {
    const step = trainStep(2);
    const program = await engine.compile(step.spec);
    const before = step.weights.map((weight) => weight.read().data);
    const feeds = step.feeds(6);
    feeds.set(step.inputs.ids, Int32Array.of(0, 1, 2, 3, 4, 5));
    const failed = program.run({ rows: 6, feeds, seed: 1, iteration: 0 });
    await expect(failed).rejects.toThrow(EngineError);
    await expect(failed).rejects.toThrow("An id lies outside of its table. Received: 5. Expected: 0 … 4.");
    expect(step.weights.map((weight) => weight.read().data)).toEqual(before);
    await program.run({ rows: 6, feeds: step.feeds(6), seed: 1, iteration: 0 });
    expect(step.weights.map((weight) => weight.read().data)).not.toEqual(before);
  });

  it("refuses missing and wrong feeds", async () => {
    const step = trainStep(1);
    const program = await engine.compile(step.spec);
    const missing = step.feeds(4);
    missing.delete(step.inputs.x);
    await expect(program.run({ rows: 4, feeds: missing, seed: 0, iteration: 0 })).rejects.toThrow(
      'Program "train" cannot run with this input "x". Received: nothing. Expected: 144 elements of shape (4, 6, 6, 1).',
    );
    await expect(program.run({ rows: 3, feeds: step.feeds(4), seed: 0, iteration: 0 })).rejects.toThrow(
      "Received: 144 elements. Expected: 108 elements",
    );
    await expect(program.run({ rows: 0, feeds: step.feeds(4), seed: 0, iteration: 0 })).rejects.toThrow(EngineError);
    program.dispose();
    await expect(program.run({ rows: 4, feeds: step.feeds(4), seed: 0, iteration: 0 })).rejects.toThrow("was disposed");
  });

  it("refuses updates that do not fit their variable", async () => {
    const weight = new Variable({ name: "kernel", path: "dense/kernel", shape: [2, 3] });
    const spec = { name: "train", results: {}, updates: new Map([[weight, ops.sum(weight.value)]]), shards: 1 };
    await expect(engine.compile(spec)).rejects.toThrow(
      'Program "train" cannot set variable "dense/kernel". Received: float32 (). Expected: float32 (2, 3).',
    );
  });

  it("programs started at the same time run one after the other", async () => {
    const count = new Variable({ name: "count", shape: [], initial: [0] });
    const updates = new Map([[count, ops.add(count.value, 1)]]);
    const programs: Program[] = [];
    for (const name of ["a", "b"]) {
      programs.push(await engine.compile({ name, results: { before: count.value }, updates, shards: 1 }));
    }
    const run = { rows: 1, feeds: new Map(), seed: 0, iteration: 0 };
    const results = await Promise.all([0, 1, 0, 1].map((i) => programs[i]!.run(run)));
    expect(results.map((result) => result["before"]!.item())).toEqual([0, 1, 2, 3]);
    expect(count.read().item()).toBe(4);
  });

  it("updates all variables at once, from their previous values", async () => {
    const [a, b] = [1, 2].map((value) => new Variable({ name: `v${value}`, shape: [], initial: [value] }));
    const updates = new Map([
      [a!, b!.value],
      [b!, a!.value],
    ]);
    const program = await engine.compile({
      name: "swap",
      results: { sum: ops.add(a!.value, b!.value) },
      updates,
      shards: 1,
    });
    const { sum } = await program.run({ rows: 1, feeds: new Map(), seed: 0, iteration: 0 });
    expect([sum!.item(), a!.read().item(), b!.read().item()]).toEqual([3, 2, 1]);
  });

  it("one value can be the update of two variables and a result", async () => {
    const [a, b] = [1, 2].map((value) => new Variable({ name: `v${value}`, shape: [2], initial: [value, value] }));
    const next = ops.add(a!.value, 10);
    const updates = new Map([
      [a!, next],
      [b!, next],
    ]);
    const program = await engine.compile({ name: "same", results: { next }, updates, shards: 1 });
    for (let iteration = 0; iteration < 3; iteration++) {
      await program.run({ rows: 1, feeds: new Map(), seed: 0, iteration });
    }
    expect([a!.read().tolist(), b!.read().tolist()]).toEqual([
      [31, 31],
      [31, 31],
    ]);
  });

  it("one value can be several results", async () => {
    const [x, w] = [build.input("x", [-1, 2], "float32"), build.input("w", [2], "float32")];
    const sum = build.sum(x, [0]);
    const results = { once: build.allSum(sum), twice: build.allSum(build.neg(build.neg(sum))), w };
    const program = await engine.compile({ name: "names", results, updates: new Map(), shards: 1 });
    const feeds = new Map([
      [x, [1, 2, 3, 4]],
      [w, [5, 6]],
    ]);
    const out = await program.run({ rows: 2, feeds, seed: 0, iteration: 0 });
    expect(Object.values(out).map((tensor) => tensor.tolist())).toEqual([
      [4, 6],
      [4, 6],
      [5, 6],
    ]);
  });

  it("trains a recurrence whose steps gather, scatter and pool", async () => {
    const [x, ids] = [build.input("x", [-1, 6], "float32"), build.constant(new Tensor([1, 0, 2, 2], [4], "int32"))];
    const steps = build.transpose(build.reshape(x, [-1, 2, 3]), [1, 0, 2]);
    const { states } = ops.recur({ states: [ops.full([-1, 3], 0.5)], sequences: [steps] }, ([state], [element]) => {
      const columns = build.transpose(build.add(state!, element!), [1, 0]);
      const found = build.gather(columns, ids);
      const added = build.transpose(build.scatterAdd(ids, found, 3), [1, 0]);
      const pool = { window: [2], strides: [1], padding: [[1, 0]] as const };
      const pooled = build.reshape(build.maxPool(build.reshape(added, [-1, 1, 3]), pool), [-1, 3]);
      return { states: [build.tanh(build.mul(pooled, element!))], outputs: [] };
    });
    const loss = build.sum(build.mul(states[0]!, states[0]!), [0, 1]);
    const results = { loss, gradient: grad(loss, [x])[0]! };
    const rows = 3;
    const feeds = new Map([[x, Float32Array.from({ length: rows * 6 }, (_, i) => Math.sin(i * 5 + 1))]]);
    const run = { rows, feeds, seed: 0, iteration: 0 };
    const outputs: Numbers[] = [];
    for (const each of [engine, interpreterEngine()]) {
      const program = await each.compile({ name: "recurrence", results, updates: new Map(), shards: 1 });
      const out = await program.run(run);
      outputs.push(
        Object.fromEntries(Object.entries(out).map(([name, { data }]) => [name, [...(data as Float32Array)]])),
      );
    }
    expectClose(outputs[0]!, outputs[1]!);
  });

  it("the arena does not grow over many steps and batch sizes", async () => {
    const step = trainStep(1);
    const program = await engine.compile(step.spec);
    const sizes = Array.from({ length: 20 }, (_, i) => i + 1);
    for (const rows of sizes) await program.run({ rows, feeds: step.feeds(rows), seed: 0, iteration: 0 });
    const used = defaultArena().usedBytes;
    for (const rows of sizes) await program.run({ rows, feeds: step.feeds(rows), seed: 0, iteration: 0 });
    // It may be less: garbage of other tests may have been collected meanwhile.
    expect(defaultArena().usedBytes).toBeLessThanOrEqual(used);
    program.dispose();
    expect(defaultArena().usedBytes).toBeLessThan(used);
  });

  it("random numbers depend on seed and iteration", async () => {
    expect(await lossOf(engine, 4)).toBe(await lossOf(engine, 4));
    const step = trainStep(1);
    const program = await engine.compile({ ...step.spec, updates: new Map() });
    const loss = async (seed: number, iteration: number): Promise<number> =>
      (await program.run({ rows: 4, feeds: step.feeds(4), seed, iteration }))["loss"]!.item();
    const losses = new Set([await loss(1, 0), await loss(2, 0), await loss(1, 1), await loss(1, 2 ** 40)]);
    expect(losses.size).toBe(4);
  });

  it("the fingerprint records what its bits depend on", () => {
    expect(Object.keys(engine.fingerprint).sort()).toEqual(["cpu", "library", "rules", "threads", "v8"]);
  });
});

import { describe, expect, it } from "vitest";
import {
  build,
  exchange,
  grad,
  interpret,
  interpretPlan,
  optimize,
  type Plan,
  placeOf,
  plan,
  reachable,
  rowsOfShard,
  treeSum,
  type Value,
  verify,
} from "../../src/graph/index.js";
import * as ops from "../../src/ops/index.js";

const ROWS = 7;
const numbers = (count: number, seed: number): Float64Array =>
  Float64Array.from({ length: count }, (_, i) => Math.sin(i * 7 + seed));
const shapeOf = ({ stages }: Plan): string[] =>
  stages.map((stage) => (stage.kind === "allSum" ? `sum of ${stage.sums.length}` : stage.kind));

/** Checks that each stage needs only leaves and outputs of earlier stages, and that its outputs can be computed. */
function expectExecutable({ stages, outputs }: Plan): void {
  const known = new Set<Value>();
  const has = (of: Value): boolean => {
    const value = placeOf(of);
    return known.has(value) || value.op === "input" || value.op === "random";
  };
  for (const stage of stages) {
    if (stage.kind === "allSum") {
      expect(stage.parts.every(has)).toBe(true);
      for (const sum of stage.sums) known.add(sum);
      continue;
    }
    expect(stage.inputs.every(has)).toBe(true);
    const inputs = new Set(stage.inputs);
    const pending = [...stage.outputs];
    for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
      if (inputs.has(value)) continue;
      expect(["input", "random"]).not.toContain(value.op);
      expect(["allRows", "ownRows"]).not.toContain(value.op);
      pending.push(...value.inputs);
    }
    for (const output of stage.outputs) known.add(output);
  }
  for (const output of outputs) expect(known.has(output)).toBe(true);
}

/** A training step with everything that combines rows: batch statistics, sample weights, clipping, metrics. */
function step(): { outputs: Value[]; feeds: Map<Value, ArrayLike<number> | number> } {
  const x = ops.input("x", [-1, 5]);
  const w = ops.input("w", [5, 3]);
  const gamma = ops.input("gamma", [3]);
  const sampleWeight = ops.input("sampleWeight", [-1]);
  const rate = ops.input("rate", []);
  const h = ops.matmul(x, w);
  const mean = ops.mean(h, { axes: 0 });
  const variance = ops.variance(h, { axes: 0 });
  const normal = ops.multiply(gamma, ops.multiply(ops.subtract(h, mean), ops.rsqrt(ops.add(variance, 1e-3))));
  const mask = ops.cast(ops.greater(ops.random(normal.shape, 3, "uniform"), 0.3), "float32");
  const noisy = ops.add(ops.multiply(normal, mask), ops.random(normal.shape, 4, "normal"));
  const losses = ops.multiply(ops.sum(ops.square(noisy), { axes: 1 }), sampleWeight);
  const loss = ops.divide(ops.sum(losses), ops.allSum(ops.sum(sampleWeight)));
  const gradients = grad(loss, [w, gamma]).map((gradient) => ops.allSum(gradient));
  const norm = ops.sqrt(ops.add(ops.sum(ops.square(gradients[0]!)), ops.sum(ops.square(gradients[1]!))));
  const moved = [w, gamma].map((v, i) => ops.subtract(v, ops.multiply(rate, ops.divide(gradients[i]!, norm))));
  const feeds = new Map<Value, ArrayLike<number> | number>([
    [x, numbers(ROWS * 5, 1)],
    [w, numbers(15, 2)],
    [gamma, numbers(3, 3)],
    [sampleWeight, numbers(ROWS, 4).map(Math.abs)],
    [rate, 0.1],
  ]);
  return { outputs: [ops.allSum(loss), ...moved, mean, noisy, ops.transpose(noisy)], feeds };
}

describe("plan", () => {
  const { outputs, feeds } = step();
  const context = { feeds, rows: ROWS, seed: 3, iteration: 4 };
  const whole = interpret(outputs, context);

  it.each([1, 2, 3, 5, 7, 9])("a training step gives the same in %d shards as in one", (shards) => {
    for (const values of [outputs, optimize(outputs)]) {
      const planned = plan(values, shards);
      expect(planned.shards).toBe(shards);
      expectExecutable(planned);
      interpretPlan(planned, context).forEach(({ data, shape }, i) => {
        expect(shape).toEqual(whole[i]!.shape);
        data.forEach((value, k) => {
          expect(value).toBeCloseTo(whole[i]!.data[k]!, 6);
        });
      });
    }
  });

  it("one shard needs only one stage", () => {
    expect(shapeOf(plan(outputs, 1))).toEqual(["shards"]);
  });

  it("exchanges sums no more often than needed, and computes as late as possible", () => {
    const x = ops.input("x", [-1, 50]);
    const w = ops.input("w", [50, 30]);
    const y = ops.tanh(ops.matmul(x, w));
    const loss = ops.sum(ops.square(y));
    const [gradient] = grad(loss, [w]);
    const decayed = ops.multiply(w, 0.99);
    const next = ops.subtract(decayed, ops.allSum(gradient!));
    const planned = plan([ops.allSum(loss), next], 2);
    expect(shapeOf(planned)).toEqual(["shards", "sum of 2", "once"]);
    const last = planned.stages[2]!;
    // The decayed weights are computed where they are used, not passed on.
    expect(last.kind === "once" && last.inputs.map(({ op }) => op)).toEqual(["input", "allSum"]);
    expect(last.kind === "once" && last.inputs[0]).toBe(w);
  });

  it("passes through outputs that are inputs or constants", () => {
    const x = ops.input("x", [-1, 2]);
    const w = ops.input("w", [2]);
    const constant = ops.constant(4);
    const planned = plan([x, w, constant, ops.allSum(ops.sum(x))], 2);
    expectExecutable(planned);
    const results = interpretPlan(planned, {
      rows: 3,
      feeds: new Map<Value, number[]>([
        [x, [1, 2, 3, 4, 5, 6]],
        [w, [7, 8]],
      ]),
    });
    expect(results.map(({ data }) => [...data])).toEqual([[1, 2, 3, 4, 5, 6], [7, 8], [4], [21]]);
  });

  it("allSum of a value that is the same in all shards is that value", () => {
    const w = ops.input("w", []);
    const [result] = interpretPlan(plan([ops.allSum(ops.multiply(w, 2))], 3), { rows: 3, feeds: new Map([[w, 5]]) });
    expect(result!.data[0]).toBe(10);
  });

  const x = ops.input("x", [-1, 4]);
  const local = ops.sum(x, { axes: 0 });
  const column = ops.reshape(ops.sum(x, { axes: 1 }), [-1, 1]);
  const all = ops.matmul(x, x, { transposeB: true });
  const isSame = ops.equal(ops.expandDims(ops.iota(-1), 1), ops.iota(-1));
  const others = ops.where(isSame, Number.NEGATIVE_INFINITY, all);
  const twice = ops.concatenate([x, ops.neg(x)], 0);
  const best = ops.argmax(all, 0);
  const ONCE = ["once"];
  const THEN_ONCE = ["shards", "once"];
  const crossing: readonly (readonly [string, Value, readonly string[]])[] = [
    ["softmax over rows", ops.softmax(x, 0), ONCE],
    ["reversed rows", ops.reverse(x, 0), ONCE],
    ["the largest row", ops.max(x, { axes: 0 }), ONCE],
    ["a running sum of rows", ops.cumsum(x, 0), ONCE],
    ["sorted rows", ops.sortDescending(x, 0), ONCE],
    ["batches in a row", twice, THEN_ONCE],
    ["the second of two batches", ops.slice(twice, 0, -1, -2), THEN_ONCE],
    ["every second row of two batches", ops.slice(twice, 0, 0, -2, 2), THEN_ONCE],
    ["the first three rows", ops.slice(x, 0, 0, 3), ONCE],
    ["rows folded together", ops.reshape(ops.transpose(x), [-4]), THEN_ONCE],
    ["all rows with all rows", all, ONCE],
    ["differences of all rows", ops.subtract(column, ops.reshape(column, [-1])), THEN_ONCE],
    ["a contrastive loss", ops.mean(ops.logSumExp(others, { axes: 1 })), ["shards", "sum of 1", "once"]],
    ["a mean over two batch axes", ops.mean(all), ["shards", "sum of 1", "once"]],
    ["rows of other rows", ops.gather(x, best), ONCE],
    ["rows scattered to rows", ops.scatterAdd(best, x, -1), ONCE],
    ["an id in all rows", ops.take(all, best), ONCE],
    ["one of all rows", ops.oneHot(best, -1), ONCE],
    ["own numbers for all pairs", ops.random([-1, -1], 5, "normal"), ONCE],
    ["rows with those of others", ops.multiply(ops.tanh(x), ops.reverse(x, 0)), ["once", "shards"]],
    [
      "rows of others, worked on in shards",
      ops.tanh(ops.matmul(ops.reverse(x, 0), ops.broadcastTo(0.1, [4, 70]))),
      ["once", "shards"],
    ],
    ["a square of a sum", ops.square(local), ["shards", "sum of 1", "once"]],
    ["a sum in its rows", ops.add(x, local), ["shards", "sum of 1", "shards"]],
    ["a sum that is not finished", local, ["shards", "sum of 1"]],
    ["a sum and what all have", ops.allSum(ops.add(local, 1)), ["shards", "sum of 1", "once"]],
    ["a sum and its part", ops.add(ops.allSum(local), local), ["shards", "sum of 1", "once"]],
    ["the batch as another axis", ops.cumsum(ops.softmax(ops.transpose(x), 0), 1), THEN_ONCE],
    [
      "back from there",
      ops.multiply(ops.transpose(ops.tanh(x)), ops.cumsum(ops.transpose(x), 1)),
      ["shards", "once", "shards"],
    ],
  ];
  describe.each(crossing)("rows that meet: %s", (_, value, stages) => {
    const feeds = new Map<Value, ArrayLike<number> | number>([[x, numbers(ROWS * 4, 5)]]);
    const context = { feeds, rows: ROWS, seed: 3, iteration: 4 };
    const isFloat = value.dtype === "float32";
    const loss = ops.sum(ops.square(isFloat ? value : ops.cast(value, "float32")));
    const first = grad(loss, [x]);
    const second = grad(ops.sum(ops.square(first[0]!)), [x]);

    it("has the stages that it needs", () => {
      const planned = plan([value], 3);
      expectExecutable(planned);
      expect(shapeOf(planned)).toEqual(stages);
    });

    it.each([2, 3, 5, 7, 9])("is the same in %d shards as in one, with first and second gradients", (shards) => {
      const values = [value, ...first, ...second];
      const expected = interpret(values, context);
      for (const outputs of [values, optimize(values)]) {
        const planned = plan(outputs, shards);
        expectExecutable(planned);
        verify(planned.outputs);
        interpretPlan(planned, context).forEach(({ data, shape }, i) => {
          expect(shape).toEqual(expected[i]!.shape);
          data.forEach((got, k) => {
            const right = expected[i]!.data[k]!;
            if (got !== right) expect(Math.abs(got - right)).toBeLessThan(1e-9 * Math.max(1, Math.abs(right)));
          });
        });
      }
    });
  });

  it("a graph that needs no exchange of rows is not changed", () => {
    expect(plan(outputs, 3).outputs).toEqual(outputs);
    for (const [i, output] of plan(outputs, 3).outputs.entries()) expect(output).toBe(outputs[i]);
  });

  it("a value is exchanged once, however many need it", () => {
    const h = ops.tanh(x);
    const reversed = ops.reverse(h, 0);
    const values = [ops.matmul(h, reversed, { transposeB: true }), ops.subtract(h, reversed), ops.add(reversed, h)];
    const exchanges = reachable(plan(values, 3).outputs).map(({ op }) => op);
    expect(exchanges.filter((op) => op === "allRows")).toHaveLength(1);
    expect(exchanges.filter((op) => op === "ownRows")).toHaveLength(1);
  });

  const half = ops.input("half", []);
  const table = ops.input("table", [5, 4]);
  const ids = ops.input("ids", [-1], "int32");
  const linear: readonly (readonly [string, Value])[] = [
    ["scaled", ops.divide(ops.multiply(local, half), 3)],
    ["of products", ops.matmul(ops.reshape(local, [1, 4]), table, { transposeB: true })],
    ["of outer products", ops.matmul(x, x, { transposeA: true })],
    ["transposed, padded, cut", ops.slice(ops.pad(ops.neg(local), [1], [2]), 0, 0, 4)],
    ["of scattered rows", ops.scatterAdd(ids, x, 5)],
    ["where a flag of all holds", ops.where(ops.greater(half, 0), local, ops.zerosLike(local))],
    ["with zeros", ops.add(local, ops.zerosLike(local))],
    ["of gathered rows", ops.gather(ops.matmul(x, x, { transposeA: true }), ops.iota(2))],
  ];
  it.each(linear)("a partial sum stays a partial sum: %s", (_, value) => {
    const data = new Map<Value, ArrayLike<number> | number>([
      [x, numbers(20, 1)],
      [half, 0.5],
      [table, numbers(20, 2)],
      [ids, [0, 4, 2, 2, 1]],
    ]);
    const total = build.allSum(value);
    expect(exchange([total]).spreads.get(value)).toBe("partial");
    const [one, three] = [1, 3].map((shards) => interpretPlan(plan([total], shards), { rows: 5, feeds: data })[0]!);
    three!.data.forEach((sum, i) => {
      expect(sum).toBeCloseTo(one!.data[i]!, 12);
    });
  });
});

describe("shards", () => {
  it("divides rows without gaps", () => {
    for (const [rows, shards] of [
      [10, 3],
      [2, 5],
      [0, 2],
      [7, 7],
    ] as const) {
      const ranges = Array.from({ length: shards }, (_, i) => rowsOfShard(rows, shards, i));
      expect(ranges[0]!.start).toBe(0);
      expect(ranges.at(-1)!.end).toBe(rows);
      ranges.slice(1).forEach(({ start }, i) => {
        expect(start).toBe(ranges[i]!.end);
      });
    }
  });

  it("adds in a fixed binary tree, leaving out shards without rows", () => {
    const text = (parts: (string | null)[]): string | null => treeSum(parts, (a, b) => `(${a}+${b})`);
    expect(text(["0"])).toBe("0");
    expect(text(["0", "1", "2"])).toBe("((0+1)+2)");
    expect(text(["0", "1", "2", "3", "4"])).toBe("(((0+1)+(2+3))+4)");
    expect(text([null, "1", null, "3"])).toBe("(1+3)");
    expect(text([null, null])).toBeNull();
  });
});

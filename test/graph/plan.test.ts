import { describe, expect, it } from "vitest";
import {
  build,
  grad,
  interpret,
  interpretPlan,
  optimize,
  type Plan,
  plan,
  reachable,
  rowsOfShard,
  spreadOf,
  treeSum,
  type Value,
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
  const has = (value: Value): boolean => known.has(value) || value.op === "input" || value.op === "random";
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
      if (stage.kind === "once") expect(value.shape.every((dim) => dim >= 0)).toBe(true);
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
      expect([planned.shards, planned.oneShard]).toEqual([shards, null]);
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
  const mixing: readonly (readonly [string, Value, string])[] = [
    ["softmax over rows", ops.softmax(x, 0), "softmax goes along the batch axis"],
    ["reversed rows", ops.reverse(x, 0), "reverse goes along the batch axis"],
    ["the largest row", ops.max(x, { axes: 0 }), "max goes over the batch axis"],
    ["a running sum of rows", ops.cumsum(x, 0), "cumsum goes along the batch axis"],
    ["batches in a row", ops.concatenate([x, x], 0), "concat goes along the batch axis"],
    ["rows folded together", ops.reshape(ops.transpose(x), [-4]), "reshape moves elements between rows"],
    [
      "a square of a shard's sum",
      ops.square(local),
      "mul takes a sum over this shard's rows as if it were that of the batch",
    ],
    ["a shard's sum in its rows", ops.add(x, local), "add brings a sum over this shard's rows back to the rows"],
    ["a sum that is not finished", local, "sum is a sum over this shard's rows only: it needs allSum"],
    [
      "a sum and what all have",
      ops.allSum(ops.add(local, 1)),
      "add takes a sum over this shard's rows as if it were that of the batch",
    ],
  ];
  it.each(mixing)("needs one shard for %s, and says why", (_, value, why) => {
    const planned = plan([value], 2);
    expect([planned.shards, planned.oneShard?.why]).toEqual([1, why]);
    expect(shapeOf(planned)).toEqual(["shards"]);
    expect(plan([value], 1).oneShard).toBeNull();
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
    expect(spreadOf(reachable([value])).get(value)).toEqual({ kind: "partial" });
    const data = new Map<Value, ArrayLike<number> | number>([
      [x, numbers(20, 1)],
      [half, 0.5],
      [table, numbers(20, 2)],
      [ids, [0, 4, 2, 2, 1]],
    ]);
    const total = build.allSum(value);
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

import { describe, expect, it } from "vitest";
import {
  build,
  grad,
  interpret,
  optimize,
  type PrimitiveName,
  print,
  reachable,
  shapeAt,
  type Value,
  verify,
} from "../../src/graph/index.js";
import { factorSums, PASSES } from "../../src/graph/passes/index.js";
import * as ops from "../../src/ops/index.js";
import { graphOf, PRIMITIVE_CASES } from "../contracts/primitives.cases.js";

const ROWS = 3;

/** Runs the passes in turn; after each the graph must be well formed, with the same types and results. */
function expectSameMeaning(outputs: readonly Value[], feeds: ReadonlyMap<Value, ArrayLike<number> | number>): Value[] {
  const expected = interpret(outputs, { feeds, rows: ROWS, seed: 5, iteration: 6 });
  let present: readonly Value[] = outputs;
  for (const [name, pass] of PASSES) {
    const next = pass(present);
    verify(next);
    next.forEach((value, i) => {
      expect([name, value.dtype, ...value.shape]).toEqual([name, outputs[i]!.dtype, ...outputs[i]!.shape]);
    });
    interpret(next, { feeds, rows: ROWS, seed: 5, iteration: 6 }).forEach(({ data }, i) => {
      data.forEach((x, k) => {
        const y = expected[i]!.data[k]!;
        if (!Object.is(x, y)) expect(Math.abs(x - y), name).toBeLessThan(1e-6 * Math.max(1, Math.abs(y)));
      });
    });
    present = next;
  }
  return [...present];
}

const fill = (value: Value): Float64Array => {
  const size = shapeAt(value.shape, ROWS).reduce((a, b) => a * b, 1);
  return Float64Array.from({ length: size }, (_, i) => Math.sin(i * 1.3 + value.shape.length));
};
const fed = (inputs: readonly Value[]): Map<Value, Float64Array> =>
  new Map(inputs.map((input) => [input, fill(input)]));
const opsOf = (outputs: readonly Value[]): PrimitiveName[] => reachable(outputs).map(({ op }) => op);

describe("every pass keeps the graph's results", () => {
  const rows = Object.entries(PRIMITIVE_CASES).flatMap(([name, cases]) =>
    cases.map((row) => [`${name}: ${row.name}`, row] as const),
  );
  it.each(rows)("%s, forward and backward", (_, row) => {
    const { output, inputs, feeds } = graphOf(row, ROWS);
    const floats = inputs.filter((input) => input.dtype === "float32");
    const loss = ops.sum(ops.square(ops.cast(output, "float32")));
    expectSameMeaning([output, ...grad(loss, floats)], feeds);
  });
});

describe("factorSums", () => {
  const x = ops.input("x", [-1, 4, 5]);
  const feature = ops.input("feature", [5]);
  const rate = ops.input("rate", []);
  const feeds = fed([x, feature, rate]);

  it("multiplies the sum, not its terms", () => {
    const axes = { axes: [0, 1] };
    const total = ops.sum(ops.multiply(ops.divide(x, feature), rate), axes);
    const after = expectSameMeaning([total, ops.sum(x, axes)], feeds);
    expect(reachable(after).filter(({ op, shape }) => (op === "mul" || op === "div") && shape[0] === -1)).toEqual([]);
  });

  it("leaves a sum that nothing shares as written, and factors below 1 in every sum", () => {
    const axes = { axes: [0, 1] };
    const alone = [ops.sum(ops.multiply(x, rate), axes)];
    expect(opsOf(factorSums(alone))).toEqual(opsOf(alone));
    const small = [ops.sum(ops.multiply(x, 0.1), axes), ops.sum(x, axes)];
    expect(opsOf(factorSums(small))).toEqual(opsOf(small));
  });

  it("leaves factors that vary along the sum, and numerators", () => {
    const varying = ops.sum(ops.multiply(x, feature), { axes: [0, 2] });
    const divided = ops.sum(ops.divide(feature, x), { axes: [0, 1] });
    expect(opsOf(factorSums([varying]))).toEqual(opsOf([varying]));
    expect(opsOf(factorSums([divided]))).toEqual(opsOf([divided]));
  });

  it("sums that differ by a factor share one exchange between shards", () => {
    const total = ops.sum(x, { axes: [0, 1] });
    const scaled = ops.sum(ops.multiply(x, feature), { axes: [0, 1], keepDims: true });
    const outputs = [ops.allSum(total), ops.allSum(ops.neg(ops.divide(scaled, rate)))];
    const after = expectSameMeaning(outputs, feeds);
    expect(opsOf(after).filter((op) => op === "allSum" || op === "sum")).toEqual(["sum", "allSum"]);
  });

  it("leaves factors that differ between shards", () => {
    const own = ops.allSum(ops.multiply(ops.sum(x, { axes: 0 }), ops.sum(x)));
    expect(opsOf(factorSums([own]))).toEqual(opsOf([own]));
  });
});

describe("simplify", () => {
  const x = ops.input("x", [-1, 4]);
  const nothing: readonly (readonly [string, Value])[] = [
    ["x + 0", ops.add(x, 0)],
    ["0 + x", ops.add(0, x)],
    ["x - 0", ops.subtract(x, ops.zerosLike(x))],
    ["x * 1", ops.multiply(x, 1)],
    ["x / 1", ops.divide(x, ops.onesLike(x))],
    ["-(-x)", ops.neg(ops.neg(x))],
    ["two transposes", ops.transpose(ops.transpose(x))],
    ["two reshapes", ops.reshape(ops.reshape(x, [-2, 2]), [-1, 4])],
    ["cast to itself", build.cast(x, "float32")],
    ["broadcast to its own shape", build.broadcast(x, [-1, 4])],
    ["a slice of everything", ops.slice(x, 1, 0, 4)],
    ["no padding", ops.pad(x, [0, 0], [0, 0])],
    ["a sum over nothing", build.sum(x, [])],
    ["stopGradient", ops.stopGradient(x)],
    ["either way the same", ops.where(ops.greater(x, 0), x, x)],
  ];
  it.each(nothing)("%s is x", (_, value) => {
    expect(optimize([value])).toEqual([x]);
  });

  it("keeps an addition of zeros that changes the shape", () => {
    const row = ops.input("row", [4]);
    const [sum] = optimize([ops.add(row, ops.zerosLike(x))]);
    expect(sum!.shape).toEqual([-1, 4]);
  });

  it("hands a transpose of the last two axes to matmul", () => {
    const w = ops.input("w", [3, 4]);
    expect(print(optimize([ops.matmul(x, ops.transpose(w))]))).toBe(
      '%0 = input {name="x"} : float32[-1, 4]\n%1 = input {name="w"} : float32[3, 4]\n' +
        "%2 = matmul %0 %1 {transposeA=false, transposeB=true} : float32[-1, 3]\nreturn %2\n",
    );
  });

  it("turns a sum of repeated elements into a product", () => {
    const pooled = ops.input("pooled", [-1, 1, 3]);
    const wide = build.broadcast(pooled, [-1, 1024, 3]);
    const [all, inner, kept] = optimize([build.sum(wide, [0, 1]), build.sum(wide, [1]), build.sum(wide, [0])]);
    expect(opsOf([all!]).sort()).toEqual(["constant", "input", "mul", "sum"]);
    expect(opsOf([inner!]).sort()).toEqual(["constant", "input", "mul", "reshape"]);
    expect(opsOf([kept!])).not.toContain("mul");
    const feeds = new Map([[pooled, Float32Array.from({ length: 9 }, (_, i) => i)]]);
    const run = { feeds, rows: ROWS, seed: 5, iteration: 6 };
    expect([...interpret([all!], run)[0]!.data]).toEqual([9 * 1024, 12 * 1024, 15 * 1024]);
    expectSameMeaning([build.sum(wide, [0, 1]), build.sum(wide, [1], true), build.sum(wide, [0])], feeds);
  });

  it("leaves no reshape that only brings an axis of length 1 and takes it away again", () => {
    const column = ops.input("column", [-1, 1]);
    const chosen = ops.expandDims(ops.take(x, ops.squeeze(ops.cast(column, "int32"), 1)), 1);
    const error = ops.subtract(chosen, column);
    const mean = ops.mean(ops.abs(error));
    expect(opsOf(optimize([mean]))).toContain("takeAlong");
    expect(opsOf(optimize([mean]))).not.toContain("reshape");
    const feeds = new Map<Value, Float64Array>([...fed([x]), [column, Float64Array.of(0, 3, 2)]]);
    expectSameMeaning([mean, ...grad(mean, [x, column])], feeds);
  });

  it("keeps reshapes of weights and their updates where kernels expect them", () => {
    const weight = ops.input("weight", [1, 3]);
    expect(opsOf(optimize([ops.abs(ops.reshape(weight, [3]))]))).toEqual(["input", "reshape", "abs"]);
  });

  it("folds constants and merges equal computations", () => {
    const twice = ops.add(ops.exp(ops.multiply(x, ops.sqrt(16))), ops.exp(ops.multiply(ops.sqrt(16), x)));
    expect(opsOf(optimize([twice]))).toEqual(["input", "constant", "mul", "exp", "add"]);
  });

  it("merges equal random streams and keeps different ones apart", () => {
    const draw = (stream: number): Value => ops.random([-1, 4], stream, "uniform");
    expect(opsOf(optimize([ops.add(draw(1), draw(2))])).filter((op) => op === "random")).toHaveLength(2);
    expect(opsOf(optimize([ops.add(draw(1), draw(1))])).filter((op) => op === "random")).toHaveLength(1);
  });
});

describe("hoistScans", () => {
  /** Operations in the steps of all recurrences of a graph. */
  const inSteps = (outputs: readonly Value[]): PrimitiveName[] => {
    const values = new Set<Value>();
    for (const { op, attrs } of reachable(outputs)) {
      if (op !== "scan") continue;
      const { step, of } = attrs as Value<"scan">["attrs"];
      for (const value of reachable([...step.next, of])) if (value.inputs.length > 0) values.add(value);
    }
    return [...values].map(({ op }) => op).sort();
  };

  it("leaves only what the states need in the steps, forward and backward", () => {
    const [xs, kernel, recurrent] = [ops.input("xs", [4, -1, 3]), ops.input("k", [3, 4]), ops.input("r", [4, 4])];
    const { states, outputs } = ops.recur({ states: [ops.full([-1, 4], 0)], sequences: [xs] }, ([h], [x]) => {
      const next = ops.tanh(ops.add(ops.add(ops.matmul(x!, kernel), 1), ops.matmul(h!, recurrent)));
      return { states: [next], outputs: [ops.exp(ops.matmul(next, kernel, { transposeB: true }))] };
    });
    expect(inSteps(optimize([states[0]!, outputs[0]!]))).toEqual(["add", "matmul", "tanh"]);
    const loss = ops.add(ops.sum(states[0]!), ops.sum(outputs[0]!));
    const gradients = optimize(grad(loss, [kernel, recurrent]));
    const backward = ["add", "matmul", "mul"];
    expect(inSteps(gradients)).toEqual(["add", "matmul", "tanh", ...backward].sort());
  });

  it("concatenates the gradients of a split instead of padding and adding", () => {
    const x = ops.input("x", [-1, 6]);
    const parts = ops.split(x, 3, 1).map((part, i) => ops.multiply(part, ops.add(part, i)));
    const [gradient] = optimize(grad(ops.sum(ops.add(ops.add(parts[2]!, parts[0]!), parts[1]!)), [x]));
    expect(opsOf([gradient!])).not.toContain("pad");
    expect(opsOf([gradient!]).filter((op) => op === "concat")).toHaveLength(1);
  });

  it("transposes the ids of gather and scatterAdd, not the rows", () => {
    const [table, ids] = [ops.input("table", [7, 3]), ops.input("ids", [-1, 5], "int32")];
    const turned = ops.swapAxes(ops.gather(table, ids), 0, 1);
    const values = optimize([turned, ...grad(ops.sum(ops.square(turned)), [table])]);
    expect(activationTransposes(values.filter(({ dtype }) => dtype === "float32"))).toBe(1);
  });
});

/** Transposes of values with a batch axis that move elements: these cost time in a training step. */
function activationTransposes(outputs: readonly Value[]): number {
  return reachable(outputs).filter(({ op, shape }) => op === "transpose" && shape.some((dim) => dim < 0)).length;
}

describe("sinkTransposes", () => {
  const x = ops.input("x", [-1, 12, 12, 1]);
  const weights = [
    ops.input("k1", [3, 3, 1, 4]),
    ops.input("b1", [4]),
    ops.input("k2", [3, 3, 4, 5]),
    ops.input("b2", [5]),
    ops.input("gamma", [5]),
    ops.input("dense", [20, 3]),
  ] as const;
  const [k1, b1, k2, b2, gamma, dense] = weights;

  it("leaves one transpose in each direction in convolution, activation, pooling, dropout, flatten", () => {
    const h1 = ops.relu(ops.add(ops.conv(x, k1, { padding: "same" }), b1));
    const p1 = ops.maxPool(h1, { poolSize: [2, 2] });
    const h2 = ops.relu(ops.add(ops.conv(p1, k2), b2));
    const p2 = ops.maxPool(h2, { poolSize: [2, 2] });
    const logits = ops.matmul(ops.flatten2d(p2), dense);
    const loss = ops.sum(ops.square(logits));
    const outputs = expectSameMeaning(
      [
        logits,
        ...grad(
          loss,
          weights.filter((w) => w !== gamma),
        ),
      ],
      fed([x, ...weights]),
    );
    expect(activationTransposes(outputs.slice(0, 1))).toBe(1);
    expect(activationTransposes(outputs)).toBe(2);
  });

  it("crosses batch normalization, residual additions, dropout masks and global pooling", () => {
    const h1 = ops.conv(x, k1, { padding: "same" });
    const mean = ops.mean(h1, { axes: [0, 1, 2] });
    const variance = ops.variance(h1, { axes: [0, 1, 2] });
    const normal = ops.multiply(ops.subtract(h1, mean), ops.rsqrt(ops.add(variance, 1e-3)));
    const h2 = ops.relu(ops.add(normal, h1));
    const mask = ops.greaterEqual(ops.random([-1, 12, 12, 4], 1, "uniform"), 0.25);
    const dropped = ops.multiply(h2, ops.cast(mask, "float32"));
    const h3 = ops.averagePool(ops.add(ops.conv(dropped, k2), b2), { poolSize: [2, 2], padding: "same" });
    const pooled = ops.multiply(ops.mean(h3, { axes: [1, 2] }), gamma);
    const loss = ops.sum(ops.square(pooled));
    const outputs = expectSameMeaning([pooled, ...grad(loss, [k1, k2, b2, gamma])], fed([x, ...weights]));
    // Only the dropout mask must move: it is drawn in Keras's layout.
    expect(activationTransposes(outputs)).toBe(1);
  });

  const inner = ops.conv(x, k1);
  const crossed: readonly (readonly [string, (h: Value) => Value])[] = [
    ["padding", (h) => ops.pad(h, [0, 1, 2, 0], [0, 0, 1, 0], 0.5)],
    ["a slice", (h) => ops.slice(h, 2, 1, 9, 2)],
    ["a reversal", (h) => ops.reverse(h, 1)],
    ["concatenation", (h) => ops.concatenate([h, ops.relu(h)], 2)],
    ["a choice", (h) => ops.where(ops.greater(h, 0), h, ops.multiply(h, 0.1))],
    ["channels to row and column", (h) => ops.multiply(h, ops.input("scale", [10, 1, 4]))],
    ["a kept sum", (h) => ops.subtract(h, ops.sum(h, { axes: 1, keepDims: true }))],
    ["a kept maximum", (h) => ops.subtract(h, ops.max(h, { axes: [2, 3], keepDims: true }))],
    ["upsampling", (h) => ops.repeat(ops.repeat(h, 2, 1), 2, 2)],
  ];
  it.each(crossed)("keeps the results of %s", (name, f) => {
    const outputs = [ops.conv(f(inner), k2), ops.sum(f(inner), { axes: [1] }), ops.max(f(inner), { axes: [0, 3] })];
    const inputs = reachable(outputs).filter(({ op }) => op === "input");
    const optimized = expectSameMeaning([...outputs, ...grad(ops.sum(ops.square(outputs[0]!)), [k1, k2])], fed(inputs));
    // One transpose takes the result back to Keras's layout; upsampling needs two more.
    const moves = activationTransposes(optimized.slice(0, 1));
    expect(moves).toBe(name === "upsampling" ? 3 : 1);
  });

  it("does not touch weights and their updates", () => {
    const h = ops.conv(x, k1);
    const [gradient] = grad(ops.sum(ops.square(h)), [k1]);
    const slot = ops.input("slot", [3, 3, 1, 4]);
    const next = ops.add(ops.multiply(slot, 0.9), ops.multiply(gradient!, 0.1));
    const outputs = expectSameMeaning([next, ops.subtract(k1, next)], fed([x, k1, slot]));
    expect(reachable(outputs).filter((value) => value.op === "transpose" && value.inputs[0] === slot)).toEqual([]);
  });
});

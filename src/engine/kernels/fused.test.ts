import { describe, expect, it } from "vitest";
import { build as g } from "../../graph/build.js";
import { interpret } from "../../graph/interpreter/index.js";
import type { Value } from "../../graph/value.js";
import { reachable } from "../../graph/walk.js";
import { defaultArena } from "../arena.js";
import { cut } from "../onnx/cuts.js";
import type { Slot } from "../session.js";
import { type Cluster, findClusters } from "./clusters.js";
import { computeInJavaScript, fusedKernel } from "./fused.js";
import { numbers, runKernel } from "./kernel.js";
import { LANE_OPS } from "./lanes.js";

const SIZE = 19;
const x = g.input("x", [SIZE], "float32");
const y = g.input("y", [SIZE], "float32");
const rate = g.input("rate", [], "float32");
const flag = g.input("flag", [1], "bool");
const FEEDS = new Map<Value, ArrayLike<number>>([
  [x, Float32Array.from({ length: SIZE }, (_, i) => Math.fround((i - 9) * 0.37))],
  [y, Float32Array.from({ length: SIZE }, (_, i) => Math.fround(((i * 7) % 11) * 0.21 - 1))],
  [rate, [Math.fround(0.3)]],
  [flag, [1]],
]);

const one = (inputs: readonly Value[], ...roots: Value[]): Cluster[] =>
  findClusters(new Set(inputs), roots, reachable(roots));

function slotFor(value: Value, dtype = value.dtype): Slot {
  const size = value.shape.reduce((a, b) => a * b, 1);
  const slot: Slot = { block: defaultArena().allocate(size * 4), start: 0, dims: value.shape, dtype };
  return slot;
}

/** What comes into a cluster may itself be computed, as `not` of one flag is: memory holds anything before that. */
function filled(value: Value): Slot {
  const slot = slotFor(value);
  numbers(slot).set(interpret([value], { feeds: FEEDS })[0]!.data as ArrayLike<number>);
  return slot;
}

/** Results of both forms of a cluster. */
function both(cluster: Cluster): [wasm: number[][], js: number[][]] {
  const inputs = cluster.inputs.map(filled);
  const [wasm, js] = [0, 1].map(() => cluster.outputs.map((output) => slotFor(output))) as [Slot[], Slot[]];
  runKernel(fusedKernel(cluster), inputs, wasm);
  computeInJavaScript(cluster, inputs, js);
  return [wasm.map((slot) => [...numbers(slot)]), js.map((slot) => [...numbers(slot)])];
}

/** For each operation that clusters know, a graph of at least two operations. */
const CASES: Readonly<Record<string, Value>> = {
  add: g.add(g.add(x, y), rate),
  sub: g.sub(g.sub(x, g.broadcast(rate, [SIZE])), y),
  mul: g.mul(g.mul(x, y), g.scalar(0.1)),
  div: g.div(g.div(x, y), rate),
  neg: g.neg(g.neg(x)),
  abs: g.abs(g.sub(x, y)),
  sqrt: g.sqrt(g.abs(x)),
  maximum: g.maximum(g.maximum(x, y), rate),
  minimum: g.minimum(g.minimum(x, y), rate),
  relu: g.relu(g.sub(x, y)),
  equal: g.where(g.equal(x, y), x, rate),
  greater: g.where(g.greater(x, y), x, y),
  greaterEqual: g.where(g.greaterEqual(x, rate), x, y),
  and: g.where(g.and(g.greater(x, y), flag), x, y),
  or: g.where(g.or(g.greater(x, y), g.not(flag)), x, y),
  not: g.where(g.not(g.greater(x, y)), x, y),
  where: g.add(g.where(flag, x, y), rate),
  stopGradient: g.add(g.stopGradient(x), y),
};

describe("fused element-wise kernels", () => {
  it.each(Object.entries(CASES))("%s: same bits in WebAssembly and JavaScript, close to the interpreter", (_, root) => {
    const [cluster, ...others] = one([x, y, rate, flag], root);
    expect(others).toEqual([]);
    const [wasm, js] = both(cluster!);
    expect(wasm).toEqual(js);
    const [meaning] = interpret([root], { feeds: FEEDS });
    for (const [i, value] of wasm[0]!.entries()) expect(value).toBeCloseTo(meaning!.data[i]!, 5);
  });

  it("every operation has a case", () => {
    expect(Object.keys(CASES).sort()).toEqual(Object.keys(LANE_OPS).sort());
  });

  it("computes an optimizer's slots and the weight that uses them in one pass", () => {
    const momentum = g.add(g.mul(x, g.scalar(0.9)), y);
    const weight = g.sub(x, g.mul(momentum, rate));
    const [cluster, ...others] = one([x, y, rate], momentum, weight);
    expect(others).toEqual([]);
    expect(cluster!.outputs).toEqual([momentum, weight]);
    const [wasm, js] = both(cluster!);
    expect(wasm).toEqual(js);
  });

  it("leaves out values that one of its own inputs depends on", () => {
    const penalized = g.add(y, g.mul(x, g.scalar(0.1)));
    const norm = g.sum(g.mul(penalized, penalized), [0]);
    const root = g.sub(x, g.mul(g.div(penalized, norm), rate));
    const [cluster] = one([x, y, rate], root);
    expect(cluster!.inputs).toEqual([x, rate, penalized, norm]);
    expect(cluster!.outputs).toEqual([root]);
  });

  it("leaves batches, single numbers, integers and lone operations to sessions", () => {
    const batch = g.input("batch", [-1, 32], "float32");
    const single = g.input("single", [1], "float32");
    const whole = g.input("whole", [32], "int32");
    const inputs = [batch, single, whole, x];
    for (const input of inputs.slice(0, 3)) expect(one(inputs, g.add(g.add(input, input), input))).toEqual([]);
    expect(one(inputs, g.add(x, x))).toEqual([]);
  });

  it("gives up clusters that would wait for each other", () => {
    const total = (value: Value): Value => g.sum(value, [0]);
    const [a1, b1] = [g.mul(g.mul(x, rate), rate), g.mul(g.mul(y, rate), g.scalar(3))];
    const a2 = g.add(a1, g.mul(x, total(b1)));
    const b2 = g.add(b1, g.mul(y, total(a1)));
    const pieces = cut([x, y, rate], [a1, a2, b1, b2]);
    const computed = pieces.flatMap((piece) => (piece.kind === "kernel" ? piece.call.outputs : piece.outputs));
    for (const value of [a1, a2, b1, b2]) expect(computed).toContain(value);
  });
});

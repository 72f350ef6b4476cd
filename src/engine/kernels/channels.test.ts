import { describe, expect, it } from "vitest";
import { build as g } from "../../graph/build.js";
import { interpret } from "../../graph/interpreter/index.js";
import { shapeAt, type Value } from "../../graph/value.js";
import { reachable } from "../../graph/walk.js";
import { defaultArena } from "../arena.js";
import { cut } from "../onnx/cuts.js";
import type { Slot } from "../session.js";
import { type ChannelCluster, findChannelClusters } from "./channel-clusters.js";
import { channelKernel, computeInJavaScript } from "./channel-kernel.js";
import { floats, runKernel } from "./kernel.js";
import { LANE_OPS } from "./lanes.js";

const ROWS = 3;
const CHANNELS = 16;
const DIMS = [-1, CHANNELS, 11, 13];
const AXES = [0, 2, 3];

const x = g.input("x", DIMS, "float32");
const y = g.input("y", DIMS, "float32");
const mean = g.input("mean", [CHANNELS], "float32");
const gate = g.input("gate", [-1, CHANNELS], "float32");
const rate = g.input("rate", [], "float32");
const INPUTS = [x, y, mean, gate, rate];

const perChannel = (value: Value): Value => g.reshape(value, [1, CHANNELS, 1, 1]);
const perPlane = (value: Value): Value => g.reshape(value, [-1, CHANNELS, 1, 1]);
const total = (value: Value): Value => g.sum(value, AXES);

const find = (roots: readonly Value[], inputs: readonly Value[] = INPUTS): ChannelCluster[] =>
  findChannelClusters("first", new Set(inputs), roots, reachable(roots));

/** Numbers that are exact in float32, of both signs, some of them equal. */
function dataOf(value: Value): Float32Array {
  const size = shapeAt(value.shape, ROWS).reduce((a, b) => a * b, 1);
  return Float32Array.from({ length: size }, (_, i) => ((i * (value.id * 2 + 7)) % 23) * 0.37 - 4);
}

function slotFor(value: Value, data?: Float32Array): Slot {
  const dims = shapeAt(value.shape, ROWS);
  const slot: Slot = {
    block: defaultArena().allocate(dims.reduce((a, b) => a * b, 4)),
    start: 0,
    dims,
    dtype: "float32",
  };
  if (data !== undefined) floats(slot).set(data);
  return slot;
}

/** Computes a cluster's outputs in both forms; compares them with each other and with the interpreter. */
function check(cluster: ChannelCluster): void {
  const inputs = cluster.inputs.map(({ value }) => slotFor(value, dataOf(value)));
  const [wasm, js] = [0, 1].map(() => cluster.outputs.map((output) => slotFor(output))) as [Slot[], Slot[]];
  expect(channelKernel(cluster).call(inputs, wasm)).not.toBeNull();
  runKernel(channelKernel(cluster), inputs, wasm);
  computeInJavaScript(cluster, inputs, js);
  const feeds = new Map(cluster.inputs.map(({ value }) => [value, dataOf(value)] as const));
  const meaning = interpret(cluster.outputs, { feeds, rows: ROWS });
  for (const [k, slot] of wasm.entries()) {
    expect([...floats(slot)]).toEqual([...floats(js[k]!)]);
    const scale = Math.max(1, ...meaning[k]!.data.map((number) => Math.abs(Number(number))));
    for (const [i, number] of floats(slot).entries())
      expect(Math.abs(number - Number(meaning[k]!.data[i]))).toBeLessThan(2e-6 * scale);
  }
}

const broad = (value: Value): Value => g.broadcast(perChannel(value), DIMS);

/** For each operation that kernels know, a graph that ends in a tensor or in sums. */
const CASES: Readonly<Record<string, Value>> = {
  add: total(g.add(g.add(x, y), broad(mean))),
  sub: total(g.sub(g.sub(x, perChannel(mean)), y)),
  mul: g.mul(g.mul(x, perChannel(mean)), g.scalar(0.1)),
  div: total(g.div(x, g.add(g.abs(y), g.scalar(1)))),
  neg: total(g.neg(x)),
  abs: total(g.abs(x)),
  sqrt: total(g.sqrt(g.abs(x))),
  maximum: g.maximum(g.maximum(x, perChannel(mean)), y),
  minimum: g.minimum(g.minimum(x, perChannel(mean)), rate),
  relu: g.relu(g.sub(x, perChannel(mean))),
  equal: total(g.where(g.equal(x, y), x, rate)),
  greater: total(g.where(g.greater(y, g.scalar(0)), x, g.scalar(0))),
  greaterEqual: total(g.where(g.greaterEqual(x, perPlane(gate)), x, y)),
  and: total(g.where(g.and(g.greater(x, y), g.greater(x, rate)), x, y)),
  or: total(g.where(g.or(g.greater(x, y), g.greater(x, rate)), x, y)),
  not: total(g.where(g.not(g.greater(x, y)), x, y)),
  where: g.where(g.greater(x, rate), perChannel(mean), g.mul(y, perPlane(gate))),
  stopGradient: total(g.stopGradient(x)),
};

describe("channel kernels", () => {
  it.each(Object.entries(CASES))("%s: same bits in WebAssembly and JavaScript, close to the interpreter", (_, root) => {
    const [cluster, ...others] = find([root]);
    expect(others).toEqual([]);
    expect(cluster!.outputs).toEqual([root]);
    check(cluster!);
  });

  it("every operation has a case", () => {
    expect(Object.keys(CASES).sort()).toEqual(Object.keys(LANE_OPS).sort());
  });

  it.each([1, 2, 3, 4, 5, 7, 15, 16, 17, 20, 31, 32, 49, 67])("is right for planes of %d elements", (inner) => {
    const channels = Math.ceil(2048 / inner);
    const dims = [-1, channels, inner];
    const [a, b] = [g.input("a", dims, "float32"), g.input("b", dims, "float32")];
    const [offset, factor] = [g.input("offset", [channels], "float32"), g.input("factor", [-1, channels], "float32")];
    const centred = g.sub(a, g.reshape(offset, [1, channels, 1]));
    const scaled = g.mul(centred, g.reshape(factor, [-1, channels, 1]));
    const roots = [scaled, g.sum(g.mul(centred, b), [0, 2]), g.sum(scaled, [0, 2], true), g.sum(b, [0, 2])];
    const [cluster, ...others] = find(roots, [a, b, offset, factor]);
    expect(others).toEqual([]);
    expect([...cluster!.outputs].sort((p, q) => p.id - q.id)).toEqual([...roots].sort((p, q) => p.id - q.id));
    check(cluster!);
  });

  it("batch normalization's gradient sums take one pass, and read means and factors before broadcasting", () => {
    const centred = g.sub(x, perChannel(mean));
    const gradient = g.where(g.greater(y, g.scalar(0)), x, g.scalar(0));
    const [cluster, ...others] = find([total(gradient), total(g.mul(gradient, centred))]);
    expect(others).toEqual([]);
    expect(cluster!.inputs.map(({ value }) => value)).toEqual([x, y, mean]);
    expect(cluster!.inputs.map(({ reach }) => reach)).toEqual(["full", "full", "channel"]);
  });

  it("recomputes values that come from one tensor, and stores those that come from many", () => {
    const centred = g.sub(x, perChannel(mean));
    const variance = total(g.mul(centred, centred));
    const scaled = g.mul(centred, perChannel(g.sqrt(variance)));
    const clusters = find([scaled, variance]);
    expect(clusters.map(({ outputs }) => outputs)).toEqual([[variance], [scaled]]);
    expect(clusters[1]!.inputs.map(({ value }) => value.op)).toEqual(["input", "input", "sqrt"]);

    const z = g.input("z", DIMS, "float32");
    const mixed = g.add(g.add(x, y), z);
    const sum = total(mixed);
    const [first, second] = find([sum, g.relu(g.sub(mixed, perChannel(sum)))], [...INPUTS, z]);
    expect(first!.outputs).toEqual([mixed, sum]);
    expect(second!.inputs.map(({ value }) => value)).toEqual([mixed, sum]);
    check(first!);
    check(second!);
  });

  describe("with channels last", () => {
    const last = (inputs: readonly Value[], roots: readonly Value[]): ChannelCluster[] =>
      findChannelClusters("last", new Set(inputs), roots, reachable(roots));

    it.each([2, 3, 4, 5, 7, 10, 15, 16, 17, 20, 36, 67])(
      "is right for %d channels of rows and of places",
      (channels) => {
        for (const dims of [
          [-1, channels],
          [-1, 35, channels],
        ]) {
          const axes = dims.slice(1).map((_, axis) => axis);
          const [a, b] = [g.input("a", dims, "float32"), g.input("b", dims, "float32")];
          const [gamma, one] = [g.input("gamma", [channels], "float32"), g.input("one", [], "float32")];
          const mean = g.mul(gamma, g.scalar(0.01));
          const factor = g.add(g.mul(gamma, mean), one);
          const centred = g.sub(a, mean);
          const gradient = g.where(g.greater(b, g.scalar(0)), b, g.mul(one, b));
          const given = [a, b, gamma, one, mean, factor];
          const roots = [g.mul(centred, factor), g.sum(gradient, axes), g.sum(g.mul(gradient, centred), axes)];
          const clusters = last(given, roots);
          expect(new Set(clusters.flatMap(({ outputs }) => outputs))).toEqual(new Set(roots));
          for (const cluster of clusters) check(cluster);
        }
      },
    );

    it("takes what uses the statistics of a batch; biases, gradients of biases, scales and means are for sessions", () => {
      const x = g.input("x", [-1, 64], "float32");
      const y = g.input("y", [-1, 64], "float32");
      const [bias, kernel] = [g.input("bias", [64], "float32"), g.input("kernel", [64, 64], "float32")];
      const given = [x, y, bias, kernel];
      expect(last(given, [g.relu(g.add(g.mul(x, bias), bias)), g.sum(x, [0])])).toEqual([]);
      const gradient = g.where(g.greater(x, g.scalar(0)), y, g.scalar(0));
      expect(last(given, [gradient, g.sum(gradient, [0])])).toEqual([]);
      const mask = g.broadcast(g.input("mask", [-1, 1], "float32"), [-1, 64]);
      expect(last([...given, mask.inputs[0]!], [g.sum(mask, [0]), g.mul(g.sub(x, g.sqrt(bias)), mask)])).toEqual([]);
      const product = g.add(g.matmul(x, kernel), bias);
      const mean = g.mul(g.sum(product, [0]), g.scalar(0.1));
      const centred = g.sub(product, mean);
      const variance = g.sum(g.mul(centred, centred), [0]);
      const clusters = last(given, [g.relu(g.mul(centred, g.sqrt(variance)))]);
      expect(clusters.map(({ outputs }) => outputs.map(({ op }) => op))).toEqual([["sum"], ["relu"]]);
      expect(clusters.map(({ inputs }) => inputs[0]!.value)).toEqual([product, product]);
    });
  });

  it("leaves lone operations, small rows, other layouts, and a convolution's bias and ReLU to sessions", () => {
    expect(find([g.add(x, y)])).toEqual([]);
    expect(find([g.mul(g.add(x, y), y)])).toEqual([]);
    const small = g.input("small", [-1, 4, 5, 5], "float32");
    expect(find([g.sum(g.mul(small, small), AXES)], [small])).toEqual([]);
    const last = g.input("last", [-1, 16, 32, CHANNELS], "float32");
    expect(find([g.sum(last, [0, 1, 2]), g.add(g.mul(last, mean), mean)], [last, mean])).toEqual([]);
    const kernel = g.input("kernel", [CHANNELS, CHANNELS, 3, 3], "float32");
    const attrs = {
      strides: [1, 1],
      padding: [
        [1, 1],
        [1, 1],
      ] as const,
      dilations: [1, 1],
      groups: 1,
    };
    expect(find([g.relu(g.add(g.conv(x, kernel, attrs), perChannel(mean)))], [x, kernel, mean])).toEqual([]);
  });

  it("runs after the sessions that it needs and before those that need it", () => {
    const deviation = g.sub(x, perChannel(g.exp(mean)));
    const sum = total(g.mul(deviation, deviation));
    const pieces = cut(INPUTS, [g.tanh(g.mul(g.relu(deviation), perChannel(g.exp(sum))))]);
    const computed = pieces.map((piece) =>
      (piece.kind === "kernel" ? piece.call.outputs : piece.outputs).map(({ op }) => op).join(" "),
    );
    expect(pieces.map(({ kind }) => kind)).toEqual(["session", "kernel", "session", "kernel", "session"]);
    expect(computed).toEqual(["exp", "sum", "exp", "mul", "tanh"]);
  });
});

import { beforeAll, describe, expect, it } from "vitest";
import { Tensor } from "../../src/core/tensor.js";
import type { Engine } from "../../src/engine/index.js";
import { nativeMachine } from "../../src/engine/native/machine.js";
import { OnnxEngine } from "../../src/engine/onnx/engine.js";
import type { OptimizationLevel } from "../../src/engine/onnx/optimizers.js";
import { webMachine } from "../../src/engine/web/machine.js";
import { build as g, type InputValue, interpret, shapeAt, type Value } from "../../src/graph/index.js";
import * as ops from "../../src/ops/index.js";

const table = (shape: number[], f = (i: number): number => Math.sin(i * 3 + 1)): Value =>
  g.constant(
    new Tensor(
      Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => f(i)),
      shape,
      "float32",
    ),
  );

const attrs = {
  strides: [1, 1],
  padding: [
    [0, 0],
    [0, 0],
  ],
  dilations: [1, 1],
  groups: 1,
} as const;
const window = (size: number, stride = size) =>
  ({
    window: [size, size],
    strides: [stride, stride],
    padding: [
      [0, 0],
      [0, 0],
    ],
  }) as const;
const around = (x: Value, width: number): Value => g.pad(x, [0, 0, width, width], [0, 0, width, width]);

type Inputs = Readonly<Record<"x" | "image" | "kernel" | "rows" | "weights" | "bias", Value>>;

/** Patterns of ONNX Runtime 1.30's optimizers; x (?, 6), image (?, 2, 5, 5), rows (?, 4, 6), kernel (3, 2, 3, 3). */
const PATTERNS: Readonly<Record<string, (inputs: Inputs) => Value>> = {
  "PadFusion: zeros around a maximum": ({ image }) => g.maxPool(around(g.neg(g.abs(image)), 1), window(2)),
  "PadFusion: zeros around a mean": ({ image }) => g.sumPool(around(image, 1), window(3, 2)),
  "PadFusion: more zeros than the window is wide": ({ image }) => g.sumPool(around(image, 3), window(2)),
  "PadFusion: zeros around a convolution": ({ image, kernel }) => g.conv(around(image, 4), kernel, attrs),
  "PadFusion: zeros, a convolution, a bias": ({ image, kernel }) =>
    g.add(g.conv(around(image, 1), kernel, attrs), table([3, 1, 1])),
  ConvAddFusion: ({ image }) => g.add(g.conv(image, table([3, 2, 3, 3]), attrs), table([1, 3, 1, 1])),
  "ConvAddFusion: one number": ({ image, kernel }) => g.add(g.conv(image, kernel, attrs), g.scalar(2)),
  ConvMulFusion: ({ image }) => g.mul(g.conv(image, table([3, 2, 3, 3]), attrs), table([3, 1, 1])),
  "ConvActivationFusion: relu": ({ image, kernel }) => g.relu(g.conv(image, kernel, attrs)),
  "ConvActivationFusion: tanh": ({ image, kernel }) => g.tanh(g.conv(image, kernel, attrs)),
  "ConvActivationFusion: sigmoid": ({ image, kernel }) => g.sigmoid(g.conv(image, kernel, attrs)),
  "ConvActivationFusion: leaky relu": ({ image, kernel }) => {
    const y = g.conv(image, kernel, attrs);
    return g.where(g.greater(y, g.scalar(0)), y, g.mul(y, g.scalar(0.1)));
  },
  ConvAddActivationFusion: ({ image, kernel }) => {
    const other = g.slice(g.slice(g.slice(g.concat([image, image], 1), 1, 0, 3), 2, 0, 3), 3, 0, 3);
    return g.relu(g.add(g.conv(image, kernel, attrs), other));
  },
  "NchwcTransformer: a constant kernel": ({ image }) =>
    g.maxPool(g.relu(g.conv(g.concat(new Array(8).fill(image), 1), table([16, 16, 3, 3]), attrs)), window(2, 1)),
  "NchwcTransformer: means": ({ image }) =>
    g.sumPool(g.conv(g.concat(new Array(8).fill(image), 1), table([16, 16, 3, 3]), attrs), window(2, 1)),
  MatMulAddFusion: ({ x, weights, bias }) => g.add(g.matmul(x, weights), bias),
  "MatMulAddFusion: a column": ({ x, weights }) => g.add(g.matmul(x, weights), g.slice(x, 1, 0, 1)),
  "MatMulAddFusion: one number": ({ x, weights }) => g.add(g.matmul(x, weights), g.scalar(3)),
  "MatMulAddFusion: more axes": ({ rows, weights, bias }) => g.add(g.matmul(rows, weights), bias),
  "GemmActivationFusion: relu": ({ x, weights, bias }) => g.relu(g.add(g.matmul(x, weights), bias)),
  "GemmActivationFusion: tanh": ({ x, weights, bias }) => g.tanh(g.add(g.matmul(x, weights), bias)),
  "GemmActivationFusion: softplus": ({ x, weights, bias }) => g.softplus(g.add(g.matmul(x, weights), bias)),
  GemmTransposeFusion: ({ x, weights, bias }) => g.transpose(g.add(g.matmul(x, weights), bias), [1, 0]),
  MatmulTransposeFusion: ({ rows }) => g.matmul(g.transpose(rows, [0, 2, 1]), rows),
  "MatmulTransposeFusion: batches moved": ({ rows }) =>
    g.matmul(g.transpose(rows, [1, 2, 0]), g.transpose(rows, [1, 0, 2])),
  MatMulScaleFusion: ({ rows }) => g.matmul(g.mul(rows, g.scalar(1e-25)), g.transpose(rows, [0, 2, 1])),
  "MatMulScaleFusion: a quotient": ({ rows }) => g.div(g.matmul(rows, g.transpose(rows, [0, 2, 1])), g.scalar(8)),
  DivMulFusion: ({ x, bias }) => g.mul(g.div(g.scalar(1), g.add(g.abs(x), g.scalar(1))), bias),
  "DivMulFusion: integers": ({ x }) => {
    const whole = g.add(g.cast(g.floor(g.minimum(g.abs(x), g.scalar(9))), "int32"), g.scalar(1, "int32"));
    return g.mul(g.div(g.scalar(1, "int32"), whole), g.scalar(7, "int32"));
  },
  GeluFusion: ({ x }) => ops.multiply(ops.multiply(x, 0.5), ops.add(ops.erf(ops.multiply(x, Math.SQRT1_2)), 1)),
  "GeluFusion: a quotient": ({ x }) =>
    ops.multiply(ops.multiply(x, ops.add(ops.erf(ops.divide(x, Math.SQRT2)), 1)), 0.5),
  BiasGeluFusion: ({ x, bias }) => {
    const y = g.add(x, bias);
    return ops.multiply(ops.multiply(y, 0.5), ops.add(ops.erf(ops.multiply(y, Math.SQRT1_2)), 1));
  },
  FastGeluFusion: ({ x }) => {
    const inner = ops.multiply(ops.add(x, ops.multiply(ops.power(x, 3), 0.044715)), Math.sqrt(2 / Math.PI));
    return ops.multiply(ops.multiply(x, 0.5), ops.add(ops.tanh(inner), 1));
  },
  QuickGeluFusion: ({ x }) => ops.multiply(x, ops.sigmoid(ops.multiply(x, 1.702))),
  "QuickGeluFusion: silu": ({ x }) => ops.multiply(x, ops.sigmoid(x)),
  BiasSoftmaxFusion: ({ rows }) => g.softmax(g.add(rows, table([1, 1, 6])), 2),
  LayerNormFusion: ({ x }) => {
    const from = ops.subtract(x, ops.mean(x, { axes: -1, keepDims: true }));
    const variance = ops.mean(ops.square(from), { axes: -1, keepDims: true });
    return ops.add(ops.multiply(ops.divide(from, ops.sqrt(ops.add(variance, 1e-3))), table([6])), table([6]));
  },
  SimplifiedLayerNormFusion: ({ x }) =>
    ops.multiply(
      ops.multiply(x, ops.rsqrt(ops.add(ops.mean(ops.square(x), { axes: -1, keepDims: true }), 1e-3))),
      table([6]),
    ),
  NotWhereFusion: ({ x }) => g.where(g.not(g.greater(x, g.scalar(0))), g.neg(x), g.scalar(5)),
  NoopElimination: ({ x }) =>
    g.add(
      g.mul(
        x,
        table([1, 6], () => 1),
      ),
      table([1, 1, 6], () => 0),
    ),
  ExpandElimination: ({ rows }) => g.neg(g.broadcast(rows, [-1, 4, 6])),
  EliminateSlice: ({ rows }) => g.reverse(g.slice(rows, 1, 0, 4), 1),
  CastElimination: ({ x }) => g.cast(g.cast(g.cast(g.greater(x, g.scalar(0)), "int32"), "float32"), "bool"),
  GatherToSplitFusion: ({ rows }) =>
    g.concat(
      [2, 0, 1].map((i) => g.reshape(g.gather(g.transpose(rows, [1, 0, 2]), g.scalar(i, "int32")), [-1, 6])),
      1,
    ),
  "GatherToSliceFusion: a range": ({ x }) => g.gather(g.transpose(x, [1, 0]), g.iota(4)),
  SliceConcatToSpaceToDepthFusion: ({ image }) => {
    const even = g.pad(image, [0, 0, 0, 0], [0, 0, 1, 1]);
    const corner = (i: number, j: number): Value => g.slice(g.slice(even, 2, i, 6, 2), 3, j, 6, 2);
    return g.concat([corner(0, 0), corner(1, 0), corner(0, 1), corner(1, 1)], 1);
  },
  "TransposeOptimizer: through a reduction": ({ rows }) =>
    g.sum(g.exp(g.neg(g.abs(g.transpose(rows, [2, 0, 1])))), [0], true),
  "TransposeOptimizer: through a split and a maximum": ({ rows }) => {
    const turned = g.transpose(rows, [0, 2, 1]);
    return g.max(g.concat([g.slice(turned, 1, 3, 6), g.slice(turned, 1, 0, 3)], 1), [2]);
  },
  "TransposeOptimizer: through zeros and a search": ({ rows }) =>
    g.argmax(g.transpose(g.pad(g.transpose(rows, [0, 2, 1]), [0, 1, 0], [0, 0, 2]), [0, 2, 1]), 2),
  "TransposeOptimizer: through a reshape": ({ rows }) =>
    g.transpose(g.reshape(g.transpose(rows, [0, 2, 1]), [-1, 24]), [1, 0]),
  "TransposeOptimizer: softmax and running sums": ({ rows }) =>
    g.cumsum(g.transpose(g.softmax(g.transpose(rows, [0, 2, 1]), 1), [0, 2, 1]), 2, true, true),
  "ConstantFolding: what depends on constants": ({ x }) => g.add(x, g.sum(g.sigmoid(table([20, 6])), [0])),
  CommonSubexpressionElimination: ({ x }) => g.sub(g.exp(g.neg(g.abs(x))), g.exp(g.neg(g.abs(x)))),
};

/** What one pattern computes on the way may be what another needs: each of these beside each, over the same tensor. */
const ALONGSIDE: Readonly<Record<string, (x: Value) => Value>> = {
  gelu: (x) => ops.multiply(ops.multiply(x, 0.5), ops.add(ops.erf(ops.multiply(x, Math.SQRT1_2)), 1)),
  "gelu by tanh": (x) => {
    const inner = ops.multiply(ops.add(x, ops.multiply(ops.power(x, 3), 0.044715)), Math.sqrt(2 / Math.PI));
    return ops.multiply(ops.multiply(x, 0.5), ops.add(ops.tanh(inner), 1));
  },
  "quick gelu": (x) => ops.multiply(x, ops.sigmoid(ops.multiply(x, 1.702))),
  silu: (x) => ops.multiply(x, ops.sigmoid(x)),
  half: (x) => ops.exp(ops.multiply(x, 0.5)),
  "tanh of a cube": (x) => ops.tanh(ops.multiply(ops.add(x, ops.multiply(ops.power(x, 3), 0.044715)), 0.5)),
  "one and an error function": (x) => ops.add(ops.erf(ops.multiply(x, Math.SQRT1_2)), 1),
  normalization: (x) => {
    const from = ops.subtract(x, ops.mean(x, { axes: -1, keepDims: true }));
    return ops.divide(from, ops.sqrt(ops.add(ops.mean(ops.square(from), { axes: -1, keepDims: true }), 1e-3)));
  },
  "distance from a mean": (x) => ops.square(ops.subtract(x, ops.mean(x, { axes: -1, keepDims: true }))),
  "root of a mean of squares": (x) =>
    ops.multiply(x, ops.rsqrt(ops.add(ops.mean(ops.square(x), { axes: -1, keepDims: true }), 1e-3))),
};
const PAIRS = Object.entries(ALONGSIDE).flatMap(([a, first], i) =>
  Object.entries(ALONGSIDE)
    .slice(i + 1)
    .map(([b, second]) => [`${a} beside ${b}`, (x: Value) => g.concat([first(x), second(x)], 1)] as const),
);

const ROWS = 3;
const SPECIAL = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -20, 3e17, -0];

/** Ordinary numbers; some special ones among them; and large ones, whose products nearly overflow. */
const FILLS: Readonly<Record<string, (i: number) => number>> = {
  ordinary: (i) => Math.fround(Math.sin(i * 7 + 2) * 3),
  special: (i) => (i % 5 === 3 ? SPECIAL[i % SPECIAL.length]! : Math.fround(Math.sin(i * 5) * 2)),
  large: (i) => Math.fround(Math.sin(i * 3 + 1) * 1e18),
};

const isAlike = (a: number, b: number, scale: number): boolean =>
  Object.is(a, b) || a === b || Math.abs(a - b) <= 2e-5 * Math.max(scale, Math.abs(b));

async function differences(engine: Engine, value: Value, inputs: readonly InputValue[]): Promise<string[]> {
  const program = await engine.compile({ name: "pattern", results: { value }, updates: new Map(), shards: 1 });
  const found: string[] = [];
  for (const [name, fill] of Object.entries(FILLS)) {
    const feeds = new Map(
      inputs.map((input, k) => {
        const size = shapeAt(input.shape, ROWS).reduce((a, b) => a * b, 1);
        return [input, Float32Array.from({ length: size }, (_, i) => fill(i + k * 11))] as const;
      }),
    );
    const run = { rows: ROWS, feeds, seed: 0, iteration: 0 };
    const actual = (await program.run(run))["value"]!.data;
    const expected = interpret([value], run)[0]!.data.map(Math.fround);
    const scale = expected.reduce((most, x) => (Number.isFinite(x) ? Math.max(most, Math.abs(x)) : most), 0);
    const at = expected.findIndex((x, i) => !isAlike(Number(actual[i]), x, scale));
    if (at >= 0) found.push(`${name}: element ${at} is ${actual[at]} instead of ${expected[at]}`);
  }
  program.dispose();
  return found;
}

const LEVELS: readonly OptimizationLevel[] = ["disabled", "basic", "extended", "all"];
const MACHINES = [
  ...LEVELS.map((level) => [`native, ${level}`, () => nativeMachine(level)] as const),
  ["web, disabled", () => webMachine("disabled")] as const,
  ["web, all", () => webMachine("all")] as const,
];

describe.each(MACHINES)("ONNX Runtime's optimizers do not change our graphs' results: %s", (_, machine) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = new OnnxEngine(await machine());
  });

  it.each(Object.keys(PATTERNS))("%s", async (name) => {
    const inputs = {
      x: g.input("x", [-1, 6], "float32"),
      image: g.input("image", [-1, 2, 5, 5], "float32"),
      rows: g.input("rows", [-1, 4, 6], "float32"),
      kernel: g.input("kernel", [3, 2, 3, 3], "float32"),
      weights: g.input("weights", [6, 6], "float32"),
      bias: g.input("bias", [6], "float32"),
    };
    expect(await differences(engine, PATTERNS[name]!(inputs), Object.values(inputs))).toEqual([]);
  });

  it("nor where two of them share a part", async () => {
    const x = g.input("x", [-1, 6], "float32");
    const found: string[] = [];
    for (const [name, make] of PAIRS) {
      const different = await differences(engine, make(x), [x]).catch((error: Error) => [error.message]);
      found.push(...different.map((what) => `${name}: ${what}`));
    }
    expect(found).toEqual([]);
  });
});

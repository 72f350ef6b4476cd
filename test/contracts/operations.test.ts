import { readFileSync } from "node:fs";
import { beforeEach, describe, expect, it } from "vitest";
import { resetNames } from "../../src/core/names.js";
import type { Json } from "../../src/core/stateful.js";
import type { Value } from "../../src/graph/index.js";
import { interpret } from "../../src/graph/interpreter/index.js";
import { activations, Input, type layers, ops as symbolic, Tensor } from "../../src/index.js";
import { CallTrace, rootContext, valuesOf } from "../../src/layers/index.js";
import { OPERATION_DEFINITIONS } from "../../src/layers/operations/table.js";
import { Functional } from "../../src/network/index.js";
import * as ops from "../../src/ops/index.js";
import { firstDifference } from "./close.js";
import { reading } from "./network.cases.js";

interface Plain {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly data: readonly (number | string)[];
}
interface Fixture {
  readonly config: { readonly [key: string]: Json };
  readonly inputs: readonly Plain[];
  readonly outputs: readonly Plain[];
}
const oldPath = new URL("../fixtures/keras/tensorflow-functions.json", import.meta.url);
type Symbol = layers.KerasTensor;

const path = new URL("../fixtures/keras/operations.json", import.meta.url);
const FIXTURES = JSON.parse(readFileSync(path, "utf8")) as Record<string, Fixture>;
const OLD = JSON.parse(readFileSync(oldPath, "utf8")) as Record<string, Fixture>;
const row = [1, -2, 0.5, 3];

/** The same models here; what is not in this table is only read. */
const HERE: Readonly<Record<string, (...xs: Symbol[]) => Symbol | readonly Symbol[]>> = {
  add: (x, y) => symbolic.add(x!, y!),
  "add a number": (x) => symbolic.add(x!, 2),
  "a number comes first": (x) => symbolic.subtract(1.5, x!),
  "add a constant": (x) => symbolic.add(x!, row),
  "a constant comes first": (x) => symbolic.multiply(new Tensor(row), x!),
  where: (x, y) => symbolic.where(symbolic.greater(x!, 0), x!, y!),
  clip: (x) => symbolic.clip(x!, -1, 0.5),
  "clip between tensors": (x, y) => symbolic.clip(x!, y!, 1),
  cast: (x) => symbolic.cast(x!, "int32"),
  sum: (x) => symbolic.sum(x!, { axes: -1 }),
  "mean, keepdims": (x) => symbolic.mean(x!, { axes: [1, 2], keepDims: true }),
  "mean over all": (x) => symbolic.mean(x!),
  "mean over rows": (x) => symbolic.add(x!, symbolic.mean(x!, { axes: 0 })),
  var: (x) => symbolic.variance(x!, { axes: -1 }),
  argmax: (x) => symbolic.argmax(x!, -1),
  cumsum: (x) => symbolic.cumsum(x!, 1),
  reshape: (x) => symbolic.reshape(x!, [-1, 2, 6]),
  "reshape to more rows": (x) => symbolic.reshape(x!, [-1, 4]),
  flatten: (x) => symbolic.flatten2d(x!),
  transpose: (x) => symbolic.transpose(x!, [0, 2, 1]),
  "expand_dims and squeeze": (x) => symbolic.squeeze(symbolic.expandDims(x!, 1), 1),
  pad: (x) => symbolic.pad(x!, [0, 1], [0, 2]),
  concatenate: (x, y) => symbolic.concatenate([x!, y!], -1),
  stack: (x, y) => symbolic.stack([x!, y!], 1),
  split: (x) => symbolic.split(x!, 2, -1),
  slice: (x) => symbolic.slice(x!, 1, 1, 3),
  "matmul, transposed": (x, y) => symbolic.matmul(x!, y!, { transposeB: true }),
  einsum: (x, y) => symbolic.einsum("bij,bkj->bik", x!, y!),
  "einsum bij,bkj,bik->bk": (...xs) => symbolic.einsum("bij,bkj,bik->bk", ...xs),
  "einsum bii": (x) => symbolic.einsum("bii", x!),
  one_hot: (x) => symbolic.oneHot(x!, 5),
  top_k: (x) => Object.values(symbolic.topK(x!, 2)),
  softmax: (x) => symbolic.softmax(x!),
  relu: (x) => symbolic.relu(x!),
  "activation gelu": (x) => activations.gelu(x!),
  "activation relu": (x) => activations.relu(x!, { negativeSlope: 0.1, maxValue: 1.5 }),
  "activation exponential": (x) => activations.exponential(x!),
  several: (x, y) => symbolic.add(symbolic.add(x!, 1), symbolic.add(y!, 2)),
};

beforeEach(resetNames);

/** What a model gives for the fixture's inputs. */
function computed(model: Functional, inputs: readonly Plain[]) {
  const rows = inputs[0]!.shape[0]!;
  const leaves = inputs.map(({ shape, dtype }, i) =>
    ops.input(`x${i}`, [-1, ...shape.slice(1)], dtype === "int32" ? "int32" : "float32"),
  );
  const context = rootContext(model, { training: false, rows: ops.constant(rows), trace: new CallTrace() });
  const given: never = (leaves.length === 1 ? leaves[0]! : leaves) as never;
  const values = valuesOf(model.call(given, context) as Value);
  const feeds = new Map<Value, readonly number[]>(leaves.map((leaf, i) => [leaf, inputs[i]!.data.map(Number)]));
  return { values, results: interpret(values, { feeds, rows }) };
}

function expectOutputs({ results }: ReturnType<typeof computed>, outputs: readonly Plain[]): void {
  expect(results.map(({ shape }) => shape)).toEqual(outputs.map(({ shape }) => shape));
  results.forEach(({ data }, i) => {
    expect(firstDifference(data, outputs[i]!.data.map(Number))).toBeNull();
  });
}

describe.each(Object.entries(FIXTURES))("%s", (_label, { config, inputs, outputs }) => {
  it("Keras's model computes as in Keras, in its shapes and dtypes, and is written as Keras writes it", () => {
    const model = Functional.fromConfig(config, reading);
    const made = computed(model, inputs);
    expectOutputs(made, outputs);
    expect(made.values.map(({ dtype }) => dtype)).toEqual(outputs.map(({ dtype }) => dtype));
    expect(model.outputs.map(({ shape }) => shape.length)).toEqual(outputs.map(({ shape }) => shape.length));
    expect(model.getConfig()).toEqual(config);
  });
});

describe("functions of TensorFlow in models of Keras 2 compute as there, and are written as operations", () => {
  it.each(Object.entries(OLD))("%s", (_label, { config, inputs, outputs }) => {
    const old = { ...reading, age: 2 } as const;
    const model = Functional.fromConfig(config, old);
    expectOutputs(computed(model, inputs), outputs);
    const again = Functional.fromConfig(model.getConfig(), reading);
    expectOutputs(computed(again, inputs), outputs);
    expect(JSON.stringify(model.getConfig())).not.toContain("Lambda");
  });
});

describe("the same model made here has the same config", () => {
  it.each(Object.entries(HERE))("%s", (label, make) => {
    const { config, inputs } = FIXTURES[label]!;
    const xs = inputs.map(({ shape, dtype }) =>
      Input({ shape: shape.slice(1), dtype: dtype === "int32" ? "int32" : "float32" }),
    );
    const made = make(...xs);
    const model = new Functional((xs.length === 1 ? xs[0]! : xs) as Symbol, made as Symbol);
    expect(model.getConfig()).toEqual(config);
  });
});

describe("what Keras has no operation for is written as what it has", () => {
  const whole = () => Input({ shape: [2], dtype: "int32" });
  const argsOf = (made: Symbol, from: Symbol): Json => {
    const { layers: all } = new Functional(from, made).getConfig() as { layers: { inbound_nodes: { args: Json }[] }[] };
    return all.at(-1)!.inbound_nodes[0]!.args;
  };
  const constant = (value: Json, dtype: string): Json => ({ class_name: "__numpy__", config: { value, dtype } });

  it.each(["bitwiseAnd", "bitwiseOr", "bitwiseXor"] as const)(
    "%s takes a number as an array, after the tensor",
    (op) => {
      const [x, y] = [whole(), whole()];
      expect(argsOf(symbolic[op](x, 6), x)).toEqual([expect.anything(), constant(6, "int32")]);
      expect(argsOf(symbolic[op](6, y), y)).toEqual([expect.anything(), constant(6, "int32")]);
    },
  );

  it.each(["hypot", "heaviside"] as const)("%s takes a number as an array", (op) => {
    const x = Input({ shape: [2] });
    expect(argsOf(symbolic[op](x, 0.5), x)).toEqual([expect.anything(), constant(0.5, "float32")]);
  });

  it("histogram counts what has one axis", () => {
    const x = Input({ shape: [2] });
    const { counts, edges } = symbolic.histogram(x, { bins: 3 });
    const model = new Functional(x, [counts!, edges!] as never);
    expect(model.layers.map(({ className }) => className)).toEqual(["InputLayer", "Ravel", "Histogram"]);
  });

  it("a part of an op that is of data alone is data: the transposed matrix of matmul", () => {
    const x = Input({ shape: [2] });
    const matrix = [
      [1, 2],
      [3, 4],
      [5, 6],
    ];
    const turned = [
      [1, 3, 5],
      [2, 4, 6],
    ];
    const made = symbolic.matmul(x, matrix, { transposeB: true });
    expect(argsOf(made, x)).toEqual([expect.anything(), constant(turned, "float32")]);
    expect(made.shape).toEqual([null, 3]);
  });
});

it.each(["-Infinity", "Infinity", "NaN"])("Keras writes the number %s by its name among arguments", (name) => {
  const { config, inputs } = FIXTURES["add a number"]!;
  const text = JSON.stringify(config);
  const changed = text.replace(/(\}\}), ?2\]/u, `$1,${JSON.stringify(name)}]`);
  expect(changed).not.toBe(text);
  const { results } = computed(Functional.fromConfig(JSON.parse(changed), reading), inputs);
  expect([...new Set(results[0]!.data)]).toEqual([Number(name)]);
});

it("no operation is defined twice, so that files mean the fuller one", () => {
  const classes = OPERATION_DEFINITIONS().map(({ className }) => className);
  expect(classes.filter((name, i) => classes.indexOf(name) !== i).join(" ")).toBe("");
});

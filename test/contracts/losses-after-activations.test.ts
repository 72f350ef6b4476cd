import { afterEach, describe, expect, it, vi } from "vitest";
import { defaultEngine } from "../../src/engine/index.js";
import { grad, type InputValue, interpret, type Value } from "../../src/graph/index.js";
import * as catalogue from "../../src/losses/catalogue.js";
import type { Loss } from "../../src/losses/index.js";
import * as ops from "../../src/ops/index.js";
import { firstDifference } from "./close.js";
import { kerasFixture } from "./fixture.js";
import { optionsOf } from "./keras-options.js";

interface Data {
  readonly shape: readonly number[];
  readonly data: readonly number[];
  readonly dtype: "float32" | "int32";
}
interface Case {
  readonly name: keyof typeof catalogue;
  readonly kwargs: Record<string, unknown>;
  readonly activation: keyof typeof activations;
  readonly logits: Data;
  readonly target: Data;
  readonly values: Data;
  readonly gradient: Data;
}

const activations = {
  softmax: (x: Value) => ops.softmax(x, -1),
  sigmoid: ops.sigmoid,
  linear: (x: Value) => x,
};
const losses = { ...catalogue } as unknown as Record<string, new (options: object) => Loss>;
const cases = kerasFixture<readonly Case[]>("losses-after-activations");
const leaf = (name: string, { shape, dtype }: Data): InputValue => ops.input(name, [-1, ...shape.slice(1)], dtype);

afterEach(() => vi.restoreAllMocks());

it("warns once that the output of an activation is not logits", () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  const [x, target] = ["x", "target"].map((name) => ops.input(name, [-1, 3], "float32"));
  const loss = new catalogue.CategoricalCrossentropy({ fromLogits: true });
  for (let i = 0; i < 2; i++) loss.call(target!, ops.softmax(x!, -1));
  expect(warn.mock.calls).toEqual([
    [
      "A loss or metric has fromLogits: true, but the predictions come out of a softmax and are no logits. What goes into the softmax is taken instead.",
    ],
  ]);
});

describe("A crossentropy after its activation equals Keras's on TensorFlow, saturated or not:", () => {
  it.each(
    cases.map((row) => [row.name, JSON.stringify(row.kwargs), row.activation, row.logits.shape.length, row] as const),
  )("%s %s after %s, rank %i", async (name, _kwargs, activation, _rank, row) => {
    vi.spyOn(console, "warn").mockImplementation(() => {});
    const loss = new losses[name]!(optionsOf(row.kwargs));
    const logits = leaf("logits", row.logits);
    const target = leaf("target", row.target);
    const values = loss.call(target, activations[activation](logits));
    const gradient = grad(ops.sum(values), [logits])[0]!;
    const feeds = new Map<InputValue, readonly number[]>([
      [logits, row.logits.data],
      [target, row.target.data],
    ]);
    const rows = row.logits.shape[0]!;
    const meant = interpret([values, gradient], { feeds, rows }).map(({ data }) => data);
    const engine = await defaultEngine();
    const program = await engine.compile({
      name: "loss",
      results: { values, gradient },
      updates: new Map(),
      shards: 1,
    });
    const made = await program.run({ rows, feeds, seed: 0, iteration: 0 });
    program.dispose();
    for (const [ours, slope] of [
      meant,
      [made["values"]!.data as Float32Array, made["gradient"]!.data as Float32Array],
    ]) {
      expect(firstDifference(ours!, row.values.data)).toBe(null);
      expect(firstDifference(slope!, row.gradient.data)).toBe(null);
    }
  });
});

describe("Other predictions count as probabilities:", () => {
  const x = ops.input("x", [-1, 3], "float32");
  const plain = ops.input("plain", [-1, 3], "float32");
  const target = ops.input("target", [-1, 3], "float32");
  const logits = [2, -1, 0.5];

  // Keras on TensorFlow uses any activation's logits as if they were its own activation's: there, a binary crossentropy
  // after a softmax is computed as after sigmoids.
  it.each([
    ["binary crossentropy after a softmax", new catalogue.BinaryCrossentropy(), ops.softmax(x, -1)],
    ["categorical crossentropy after a sigmoid", new catalogue.CategoricalCrossentropy(), ops.sigmoid(x)],
    ["categorical crossentropy along another axis", new catalogue.CategoricalCrossentropy(), ops.softmax(x, 0)],
  ] as const)("%s", (_title, loss, made) => {
    const [probabilities] = interpret([made], { feeds: new Map([[x, logits]]), rows: 1 });
    const of = (prediction: Value, input: InputValue, data: ArrayLike<number>) => {
      const feeds = new Map([
        [input, Array.from(data)],
        [target, [0, 1, 1]],
      ]);
      return interpret([loss.call(target, prediction)], { feeds, rows: 1 })[0]!.data;
    };
    expect(firstDifference(of(made, x, logits), of(plain, plain, probabilities!.data))).toBe(null);
  });
});

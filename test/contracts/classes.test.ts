import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { resetNames } from "../../src/core/names.js";
import { Tensor } from "../../src/core/tensor.js";
import type { Value } from "../../src/graph/index.js";
import * as layers from "../../src/layers/index.js";
import { Model } from "../../src/model/index.js";
import * as ops from "../../src/ops/index.js";
import * as optimizers from "../../src/optimizers/index.js";
import { placeObjects } from "../../src/saving/object-paths.js";
import type { AnyLossParts, TestStep } from "../../src/training/index.js";
import { largestDifference } from "../saving/support.js";

interface Described {
  readonly weights: readonly (readonly [string, readonly number[]])[];
  readonly layers: readonly string[];
  readonly places: Readonly<Record<string, readonly (readonly number[])[]>>;
  readonly summary: string;
  readonly expanded: string;
}

interface Trained {
  readonly x: number[][];
  readonly y: number[][];
  readonly weights: number[][][];
  readonly history: Readonly<Record<string, readonly number[]>>;
  readonly evaluated: Readonly<Record<string, number>>;
}

const { Losses: expected, ...fixtures } = JSON.parse(
  readFileSync(join(import.meta.dirname, "../fixtures/keras/classes.json"), "utf8"),
) as { readonly [name: string]: Described } & { readonly Losses: Described & Trained };

const dense = (units: number): layers.Dense => new layers.Dense(units);
const chained = (row: readonly layers.Layer[], x: Value): Value => row.reduce((value, layer) => layer.call(value), x);

class Plain extends Model {
  readonly d1: layers.Dense;
  readonly d2: layers.Dense;
  constructor(units: number) {
    super();
    this.d1 = new layers.Dense(units, { activation: "tanh" });
    this.d2 = dense(2);
  }
  override call(x: Value): Value {
    return this.d2.call(this.d1.call(x));
  }
}

class Listed extends Model {
  readonly blocks = [dense(4), [dense(3), [dense(3)]], [1, 2], [dense(4)], dense(3)] as const;
  readonly byName = new Map<string, layers.Dense | { readonly two: layers.Dense }>([
    ["one", dense(2)],
    ["more", { two: dense(2) }],
  ]);
  override call(x: Value): Value {
    return chained(this.sublayers, x);
  }
}

class Nested extends Model {
  readonly inner = new Plain(3);
  readonly row = [new Plain(2), new Plain(4)];
  readonly last = dense(2);
  override call(x: Value): Value {
    return this.last.call(chained(this.row, this.inner.call(x)));
  }
}

class Records extends Model<{ readonly left: Value; readonly right: Value }> {
  readonly d = dense(2);
  override call({ left, right }: { readonly left: Value; readonly right: Value }): Value {
    return ops.subtract(this.d.call(right), left);
  }
}

class Shared extends Model {
  readonly b = new layers.Dense(3, { activation: "tanh" });
  readonly a = [this.b, dense(3)] as const;
  readonly out = dense(2);
  override call(x: Value): Value {
    return this.out.call(this.b.call(this.a[1].call(this.a[0].call(x))));
  }
}

class Shifted extends Model {
  readonly d = dense(2);
  readonly drop = new layers.Dropout(0);
  override build(): void {
    this.addWeight("shift", { shape: [2], initializer: "ones" });
  }
  override call(x: Value): Value {
    return ops.add(this.drop.call(this.d.call(x)), this.ownWeights[0]!.value);
  }
}

const CLASSES: Readonly<Record<string, new () => Model>> = {
  Listed,
  Nested,
  Records: Records as unknown as new () => Model,
  Shared,
  Shifted,
};

test("every class of the fixture has its twin here", () => {
  expect(Object.keys(fixtures)).toEqual(Object.keys(CLASSES));
});

describe.each(Object.entries(fixtures))("the class %s", (name, fixture) => {
  const made = (): Model => {
    resetNames();
    const model = new CLASSES[name]!();
    model.build((name === "Records" ? { left: [null, 2], right: [null, 3] } : [null, 3]) as never);
    return model;
  };

  test("has its layers and weights in Keras's order, under Keras's paths", () => {
    const model = made();
    expect(model.layers.map((layer) => layer.name)).toEqual(fixture.layers);
    expect(model.weights.map(({ path, shape }) => [path, [...shape]])).toEqual(fixture.weights);
  });

  test("has its weights where Keras's files have them", () => {
    const places = placeObjects(made()).flatMap(({ path, variables }) =>
      variables.length === 0 ? [] : [[path, variables.map(({ shape }) => [...shape])] as const],
    );
    expect(Object.fromEntries(places)).toEqual(fixture.places);
  });

  // Keras has a "?" for layers without weights and classes inside others; they give (None, 2) here.
  test("prints Keras's summary, and knows the shapes that Keras does not", () => {
    const model = made();
    const whole = (text: string): string => text.replaceAll("│ ?        ", "│ (None, 2)");
    const quiet = { printFn: () => undefined };
    expect(model.summary(quiet)).toBe(whole(fixture.summary));
    expect(model.summary({ ...quiet, expandNested: true, showTrainable: true })).toBe(whole(fixture.expanded));
  });
});

test("a loss of a class's own over named outputs is that of Keras, with what compile says of each", async () => {
  class Losses extends Model<Value, { readonly a: Value; readonly b: Value }> {
    readonly left = dense(2);
    readonly right = dense(2);
    override call(x: Value): { readonly a: Value; readonly b: Value } {
      return { b: this.left.call(x), a: this.right.call(x) };
    }
    override computeLoss(parts: AnyLossParts, step: TestStep): Value {
      const { a } = parts.yPred as { readonly a: Value };
      const loss = ops.multiply(super.computeLoss(parts, step), 2);
      return ops.add(loss, ops.multiply(ops.mean(ops.square(a)), 0.1));
    }
  }
  const { history, evaluated, weights } = expected;
  const [x, y] = [Tensor.from(expected.x), Tensor.from(expected.y)];
  const targets = { a: y, b: Tensor.from(expected.y.map((row) => row.map((value) => value + 1))) };
  const model = new Losses();
  model.compile({
    optimizer: new optimizers.SGD({ learningRate: 0.1 }),
    loss: { a: "mse", b: "mae" },
    lossWeights: { a: 1, b: 0.5 },
    metrics: { b: ["mse"] },
  });
  model.build([null, 3]);
  await model.setWeights(weights.map((values) => Tensor.from(values)));
  const fitted = await model.fit(x, targets, { batchSize: 8, epochs: 3, shuffle: false, verbose: 0 });
  expect(Object.keys(fitted.history).sort()).toEqual(Object.keys(history).sort());
  for (const [key, values] of Object.entries(history))
    expect(largestDifference(fitted.history[key]!, values)).toBeLessThan(1e-5);
  const logs = await model.evaluate(x, targets, { verbose: 0 });
  for (const [key, value] of Object.entries(evaluated))
    expect(largestDifference([logs[key]!], [value])).toBeLessThan(1e-5);
});

import { beforeEach, describe, expect, test } from "vitest";
import { resetNames } from "../core/names.js";
import { grad, type Value } from "../graph/index.js";
import { interpretPlan } from "../graph/interpreter/index.js";
import { plan } from "../graph/plan.js";
import * as layers from "../layers/index.js";
import { Sequential } from "../model/index.js";
import * as ops from "../ops/index.js";
import { Functional, Input } from "./index.js";

beforeEach(resetNames);

describe("Sequential", () => {
  test("grows and shrinks", () => {
    const model = new Sequential();
    model.add(new layers.Dense(3, { inputShape: [4] }));
    model.add(new layers.Dense(2));
    expect(model.outputShape).toEqual([null, 2]);
    const last = model.pop();
    expect(last.name).toBe("dense_1");
    expect(model.outputShape).toEqual([null, 3]);
    model.add(new layers.Activation("relu"));
    expect(model.layers.map(({ name }) => name)).toEqual(["dense", "activation"]);
    // A layer keeps its weights when others come and go.
    expect(model.layers[0]!.inboundNodes.length).toBe(1);
  });

  test("refuses a layer that does not fit, and stays as it was", () => {
    const model = new Sequential([Input({ shape: [4] }), new layers.Dense(3)]);
    expect(() => model.add(new layers.Conv2D(2, 3))).toThrow('The input of Conv2D "conv2d"');
    expect(model.layers.length).toBe(1);
    expect(model.outputShape).toEqual([null, 3]);
    expect(() => model.add(new layers.Dense(1, { name: "dense" }))).toThrow(
      'Two layers of Sequential "sequential" have the name "dense". Expected: names that differ. Give one of them another name before it is applied: layer.name = "dense_2".',
    );
    expect(() => model.add(Input({ shape: [4] }))).toThrow(
      'Sequential "sequential" can have one input, as its first entry. Received: a second Input().',
    );
    expect(() => model.build([null, 5])).toThrow(
      'Sequential "sequential" is already set up for another input shape. Received: (?, 5). Expected: (?, 4).',
    );
  });

  test("says what is missing until the shape of the input is known", () => {
    const model = new Sequential([new layers.Dense(3)], { name: "open" });
    expect(model.wired).toBe(false);
    expect(model.weights).toEqual([]);
    expect(() => model.outputs).toThrow(
      'Sequential "open" is not built: the shape of its input is not known yet. Give the first layer an inputShape, ' +
        "start with Input({ shape }), or call build([null, ...shape]).",
    );
    expect(() => new Sequential([], { name: "empty" }).build([null, 2])).toThrow(
      'Sequential "empty" cannot be built: it has no layers. Add layers first.',
    );
  });
});

describe("Functional", () => {
  test("names the inputs that a disconnected graph needs", () => {
    const [a, b] = [Input({ shape: [2], name: "a" }), Input({ shape: [2], name: "b" })];
    const y = new layers.Add({ name: "sum" }).apply([a, b]);
    expect(() => new Functional(a, y, { name: "half" })).toThrow(
      'The graph of Functional "half" is disconnected: its outputs need <KerasTensor b shape=(?, 2) dtype=float32>, ' +
        "which the inputs do not lead to. Received: inputs <KerasTensor a shape=(?, 2) dtype=float32>. Give every " +
        "Input() that the outputs depend on in the list of inputs.",
    );
  });

  test("refuses two layers with the same name", () => {
    const x = Input({ shape: [2] });
    const y = new layers.Dense(2, { name: "twin" }).apply(new layers.Dense(2, { name: "twin" }).apply(x));
    expect(() => new Functional(x, y)).toThrow(
      'Two layers of Functional "functional" have the name "twin": a Dense and a Dense. Expected: names that differ. Give one of them another name before it is applied: layer.name = "twin_2".',
    );
  });

  test("finds layers, with the nearest name", () => {
    const x = Input({ shape: [2] });
    const model = new Functional(x, new layers.Dense(2, { name: "hidden" }).apply(x));
    expect(model.getLayer("hidden").name).toBe("hidden");
    expect(model.getLayer(-1).name).toBe("hidden");
    expect(() => model.getLayer("hiden")).toThrow('Did you mean "hidden"?');
    expect(() => model.getLayer(7)).toThrow(
      'Functional "functional" has no such layer. Received: 7. Expected: a name, or a number from 0 to 1. summary() lists the layers.',
    );
  });

  test("refuses values that are not tensors", () => {
    const x = Input({ shape: [2] });
    expect(() => new Functional(x, [] as layers.KerasTensor[])).toThrow(
      'The outputs of Functional "functional" must be what Input() or a layer\'s apply() gives. Received: nothing.',
    );
  });

  test("freezes whole models", () => {
    const inner = new Sequential([Input({ shape: [2] }), new layers.Dense(2)]);
    const x = Input({ shape: [2] });
    const model = new Functional(x, new layers.Dense(1).apply(inner.apply(x)));
    inner.trainable = false;
    expect(model.trainableWeights.map(({ path }) => path)).toEqual(["dense_1/kernel", "dense_1/bias"]);
    expect(model.nonTrainableWeights.length).toBe(2);
    model.trainable = false;
    expect(model.trainableWeights).toEqual([]);
    model.trainable = true;
    expect(model.trainableWeights.length).toBe(4);
  });

  test("may have thousands of layers without overflowing the stack", () => {
    const x = Input({ shape: [1] });
    let y = x;
    for (let i = 0; i < 3000; i++) y = new layers.Identity().apply(y);
    expect(new Functional(x, y).layers.length).toBe(3001);
  });
});

/** A training step's graph of a model: loss, gradients and what is assigned. */
function step(model: Functional) {
  const x = ops.input("x", [-1, ...(model.inputs[0]!.shape.slice(1) as number[])]);
  const rows = ops.input("rows", [], "float32");
  const trace = new layers.CallTrace();
  const y = model.call(x, layers.rootContext(model, { training: true, rows, trace })) as Value;
  const loss = ops.divide(ops.sum(ops.square(y)), rows);
  const gradients = grad(
    loss,
    model.trainableWeights.map(({ value }) => value),
  );
  const results = [
    ops.allSum(loss),
    ...gradients.map((gradient) => ops.allSum(gradient)),
    ...trace.assigned.values(),
    y,
  ];
  return (data: readonly number[], batch: number, shards: number) => {
    const feeds = new Map<Value, ArrayLike<number> | number>([
      [x, data],
      [rows, batch],
      ...model.weights.map((weight) => [weight.value, weight.data] as const),
    ]);
    return interpretPlan(plan(results, shards), { feeds, rows: batch, seed: 5, iteration: 2 }).map((result) => [
      ...result.data,
    ]);
  };
}

test("statistics, gradients and masks are the same for any number of shards", () => {
  const model = new Sequential([
    Input({ shape: [3] }),
    new layers.Dense(4),
    new layers.BatchNormalization(),
    new layers.Dropout(0.4),
    new layers.Dense(2),
  ]);
  const run = step(model);
  const data = Array.from({ length: 7 * 3 }, (_, i) => ((i * 37) % 11) / 5 - 1);
  const whole = run(data, 7, 1);
  expect(whole.length).toBe(1 + 6 + 2 + 1);
  for (const shards of [2, 3, 5]) {
    run(data, 7, shards).forEach((values, i) => {
      values.forEach((value, k) => {
        expect(value).toBeCloseTo(whole[i]![k]!, 12);
      });
    });
  }
});

test("random numbers depend on the place in the model, not on names or on what else there is", () => {
  const make = () => new Sequential([Input({ shape: [6] }), new layers.Dropout(0.5), new layers.Dropout(0.5)]);
  const data = new Array<number>(24).fill(1);
  const first = step(make())(data, 4, 1).at(-1)!;
  expect(step(make())(data, 4, 1).at(-1)!).toEqual(first);
  const single = new Sequential([Input({ shape: [6] }), new layers.Dropout(0.5)]);
  const swapped = new Sequential([Input({ shape: [6] }), new layers.GaussianNoise(0), new layers.Dropout(0.5)]);
  expect(step(single)(data, 4, 1).at(-1)!).toEqual(step(swapped)(data, 4, 1).at(-1)!);
});

test("a layer called twice draws new numbers, and its second call continues from the state of the first", () => {
  const drop = new layers.Dropout(0.5);
  const normalization = new layers.BatchNormalization({ momentum: 0.5, center: false, scale: false });
  const x = Input({ shape: [8] });
  const once = new Functional(x, normalization.apply(drop.apply(x)));
  const z = Input({ shape: [8] });
  const both = new layers.Concatenate();
  const twice = new Functional(z, both.apply([drop.apply(z), drop.apply(z)]));
  const data = Array.from({ length: 8 * 8 }, (_, i) => 1 + i);
  const masks = step(twice)(data, 8, 1).at(-1)!;
  const [left, right] = [0, 8].map((start) => masks.filter((_, i) => i % 16 >= start && i % 16 < start + 8));
  expect(left).not.toEqual(right);
  expect(step(once)(data, 8, 1).length).toBe(4);

  const shared = new layers.BatchNormalization({ momentum: 0.5, center: false, scale: false });
  const chained = new Functional(z, shared.apply(shared.apply(z)));
  const [, mean] = step(chained)(data, 8, 1);
  const [, alone] = step(new Functional(z, shared.apply(z)))(data, 8, 1);
  // The second call sees normalized inputs of mean 0, and halves what the first one left.
  mean!.forEach((value, i) => {
    expect(value).toBeCloseTo(alone![i]! / 2, 10);
  });
});

test("a model's input and output are its own tensors, whether it was applied or not", () => {
  const x = Input({ shape: [3] });
  const y = new layers.Dense(2, { name: "end" }).apply(x);
  const one = new Functional(x, y);
  expect(one.input).toBe(x);
  expect(one.output).toBe(y);
  one.apply(Input({ shape: [3] }));
  expect(one.output).toBe(y);
  expect(new Functional({ b: x }, { q: y, p: y }).output).toEqual({ q: y, p: y });
  expect(new Functional([x], [y]).input).toEqual([x]);
  expect(new Functional(one.input, one.getLayer("end").output).outputs).toEqual([y]);
});

test("a layer can be asked for by name and class", () => {
  const x = Input({ shape: [3] });
  const model = new Functional(x, new layers.Dense(2, { name: "end" }).apply(x), { name: "asked" });
  expect(model.getLayer("end", layers.Dense).kernel.shape).toEqual([3, 2]);
  expect(() => model.getLayer("end", layers.LSTM)).toThrow(
    'Functional "asked" has another layer there. Received: Dense "end". Expected: a layer of class LSTM. summary() lists the layers and their classes.',
  );
});

test("a layer's class may leave the context out when it calls that of its base", () => {
  class Twice extends layers.Dropout {
    override call(x: Value): Value {
      return ops.multiply(super.call(x), 2);
    }
  }
  const x = Input({ shape: [8] });
  const model = new Functional(x, new Twice(0.5).apply(x));
  const data = Array.from({ length: 8 }, () => 1);
  expect(new Set(step(model)(data, 1, 1).at(-1))).toEqual(new Set([0, 4]));
  expect(() => Twice.prototype.call.call(new Twice(0.5), ops.constant(1))).toThrow(
    "A layer's call was taken from its class and used outside of all calls. Use layer.apply(x) or layer.call(x).",
  );
});

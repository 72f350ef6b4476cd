import { join } from "node:path";
import { describe, expect, test } from "vitest";
import * as pawl from "../../src/index.js";
import { scratch } from "../resume/support.js";

const { Input, layers, loadModel, losses, Model, ops, random, Sequential, setRandomSeed } = pawl;

const x = random.normal([12, 3], { seed: 1 });
const y = random.normal([12, 1], { seed: 2 });

test("the package root exports the names of the design", () => {
  expect(Object.keys(pawl)).toEqual(
    expect.arrayContaining(
      (
        "Sequential Model Input layers activations initializers regularizers constraints losses metrics optimizers " +
        "schedules callbacks random ops loadModel setRandomSeed Tensor OptionError ShapeError StateError FormatError EngineError"
      ).split(" "),
    ),
  );
});

describe("random", () => {
  test("the same seed gives the same numbers; setRandomSeed makes all numbers repeat", () => {
    const draw = () => [random.uniform([5]), random.normal([5]), random.integers(0, 9, [5])].map((t) => t.tolist());
    setRandomSeed(4);
    const first = draw();
    expect(draw()).not.toEqual(first);
    setRandomSeed(4);
    expect(draw()).toEqual(first);
    expect(random.uniform([3], { seed: 1 }).tolist()).toEqual(random.uniform([3], { seed: 1 }).tolist());
  });

  test("ranges and moments", () => {
    const uniform = random.uniform([4000], { seed: 1, min: -2, max: 6 }).data as Float32Array;
    expect(Math.min(...uniform)).toBeGreaterThanOrEqual(-2);
    expect(Math.max(...uniform)).toBeLessThan(6);
    expect(mean(uniform)).toBeCloseTo(2, 0);
    const normal = random.normal([4000], { seed: 1, mean: 3, stddev: 0.5 }).data as Float32Array;
    expect(mean(normal)).toBeCloseTo(3, 1);
    const integers = random.integers(-2, 3, [4000], { seed: 1 });
    expect(integers.dtype).toBe("int32");
    expect([...new Set(integers.data as Int32Array)].sort((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2]);
  });

  test("errors", () => {
    expect(() => random.integers(3, 3, [1])).toThrow("random.integers: high must be an integer >= 4");
    expect(() => random.uniform([1], { seeds: 1 } as never)).toThrow('Did you mean "seed"?');
  });
});

class Doubler extends layers.Layer {
  static override readonly className: string = "Doubler";
  static override fromConfig(config: { readonly name?: string }): Doubler {
    return new Doubler({ name: config.name ?? null });
  }
  override call(inputs: Parameters<pawl.layers.Layer["call"]>[0]) {
    return ops.multiply(inputs as never, 2);
  }
}

function halfSquares(yTrue: pawl.ops.Operand, yPred: pawl.ops.Operand) {
  return ops.mean(ops.multiply(ops.square(ops.subtract(yTrue, yPred)), 0.5), { axes: [-1] });
}

test("custom layers and losses load through customObjects; an error names missing ones", async () => {
  setRandomSeed(1);
  const input = Input({ shape: [3] });
  const model = new Model(input, new layers.Dense(1).apply(new Doubler().apply(input)));
  model.compile({ optimizer: "adam", loss: halfSquares });
  await model.fit(x, y, { verbose: 0 });
  const path = join(scratch(), "own.keras");
  await model.save(path);
  await expect(loadModel(path)).rejects.toThrow(/unknown layer class "Doubler".*customObjects/);
  const loaded = await loadModel(path, { customObjects: { Doubler, halfSquares } });
  const options = { initialEpoch: 1, epochs: 3, verbose: 0 } as const;
  expect((await loaded.fit(x, y, options)).history).toEqual((await model.fit(x, y, options)).history);
});

test("a model loaded without compile predicts, and trains once it is compiled", async () => {
  setRandomSeed(1);
  const model = new Sequential([new layers.Dense(1, { inputShape: [3] })]);
  model.compile({ optimizer: "sgd", loss: new losses.MeanSquaredError() });
  await model.fit(x, y, { verbose: 0 });
  const path = join(scratch(), "m.h5");
  await model.save(path);
  const loaded = await loadModel(path, { compile: false });
  expect(loaded).toBeInstanceOf(Sequential);
  const predict = async (from: pawl.Model) => ((await from.predict(x, { verbose: 0 })) as pawl.Tensor).tolist();
  expect(await predict(loaded)).toEqual(await predict(model));
  expect(() => loaded.optimizer).toThrow("is not compiled");
  loaded.compile({ optimizer: "sgd", loss: "mse" });
  expect((await loaded.fit(x, y, { verbose: 0 })).epoch).toEqual([0]);
  await expect(model.save(path, { overwrite: false })).rejects.toThrow("exists already");
  await expect(model.save("m.txt")).rejects.toThrow(pawl.OptionError);
});

test("a frozen submodel stays frozen inside another model", async () => {
  setRandomSeed(1);
  const body = new Sequential([new layers.Dense(4, { inputShape: [3], activation: "tanh" })], { name: "body" });
  body.trainable = false;
  const input = Input({ shape: [3] });
  const model = new Model(input, new layers.Dense(1).apply(body.apply(input)));
  model.compile({ loss: "mse" });
  const before = body.weights[0]!.read().tolist();
  await model.fit(x, y, { verbose: 0 });
  expect(body.weights[0]!.read().tolist()).toEqual(before);
  expect(model.trainableWeights).toHaveLength(2);
});

function mean(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
}

import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  activations,
  Input,
  layers,
  loadModel,
  Model,
  ops,
  random,
  setRandomSeed,
  type Value,
} from "../../src/index.js";

const folder = mkdtempSync(join(tmpdir(), "pawl-operations-"));
const failure = (make: () => unknown): string => {
  try {
    make();
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
  return "no error";
};

function halved(x: Value): Value {
  return ops.multiply(x, 0.5);
}
layers.register("halved", halved);

function model(): Model {
  const x = Input({ shape: [4] });
  const y = new layers.Dropout(0.3).apply(activations.gelu(new layers.Dense(6).apply(x)));
  const [left, right] = ops.split(ops.divide(y, ops.add(ops.norm(y, { axes: -1, keepDims: true }), 1)), 2, -1);
  const both = ops.concatenate([left!, ops.multiply(right!, [1, 2, 3])], -1);
  return new Model(x, new layers.Dense(1).apply(new layers.Lambda(halved).apply(both)));
}

describe.each([".keras", ".h5"])("a model made of operations in %s", (ending) => {
  it("trains on exactly after each epoch that it was stopped at", async () => {
    setRandomSeed(7);
    const whole = model();
    whole.compile({ optimizer: "adam", loss: "mse" });
    const [x, y] = [random.normal([20, 4]), random.normal([20, 1])];
    const options = { batchSize: 8, verbose: 0 } as const;
    for (let epoch = 0; epoch < 3; epoch++) {
      await whole.save(join(folder, `${epoch}${ending}`));
      await whole.fit(x, y, { ...options, initialEpoch: epoch, epochs: epoch + 1 });
    }
    const wanted = (await whole.getWeights()).map(({ data }) => data);
    for (const epoch of [1, 2]) {
      const again = await loadModel(join(folder, `${epoch}${ending}`));
      await again.fit(x, y, { ...options, initialEpoch: epoch, epochs: 3 });
      expect((await again.getWeights()).map(({ data }) => data)).toEqual(wanted);
    }
  });
});

describe("wrong operands are said of the op", () => {
  const x = Input({ shape: [4], name: "x" });

  it("shapes that do not fit", () => {
    expect(failure(() => ops.add(x, [1, 2, 3]))).toMatch(
      /^ShapeError: ops\.add: Add "add(_\d+)?" cannot take these inputs: add cannot take these operands/,
    );
    expect(failure(() => ops.matmul(x, Input({ shape: [3] })))).toMatch(/^ShapeError: ops\.matmul: /);
    expect(failure(() => ops.reshape(x, [-1, 3]))).toMatch(/^ShapeError: ops\.reshape: .*whatever is left/);
    expect(failure(() => ops.slice(x, 3, 0, 1))).toMatch(/^ShapeError: ops\.slice: /);
  });

  it("tensors of different batch sizes", () => {
    const [a, b] = [8, 4].map((rows) => Input({ batchShape: [rows, 4] }));
    expect(failure(() => ops.add(a!, b!))).toMatch(
      /^ShapeError: ops\.add: Add ".*" cannot take inputs of different batch sizes\. Received: \(8, 4\) and \(4, 4\)/,
    );
  });

  it("tensors of a network beside values, or where only values are", () => {
    class Mixing extends layers.Layer {
      override call(inputs: Value): Value {
        return ops.add(inputs, x as never);
      }
    }
    expect(failure(() => new Mixing().apply(x))).toMatch(
      /^OptionError: ops\.add cannot compute on a tensor of a network/,
    );
    expect(failure(() => ops.gradients(x as never, x as never))).toMatch(/^OptionError: /);
    expect(
      failure(() => ops.recur({ states: [x as never], sequences: [] }, () => ({ states: [], outputs: [] }))),
    ).toMatch(/Error: /);
  });

  it("a Lambda without a function, or whose function files cannot name", () => {
    expect(failure(() => new layers.Lambda(3 as never))).toMatchInlineSnapshot(
      `"OptionError: Lambda takes a function. Received: 3. Expected: a function of (inputs, context). Write e.g. new layers.Lambda((x) => ops.square(x))."`,
    );
    const unnamed = new Model(x, new layers.Lambda((v) => v, { name: "unnamed" }).apply(x));
    expect(failure(() => unnamed.getConfig())).toMatchInlineSnapshot(
      `"OptionError: Lambda "unnamed" cannot be saved: its function has no name, by which a file could name it. Register it, layers.register("my_function", fn), or declare it with a name: function squared(x) { … }."`,
    );
  });
});

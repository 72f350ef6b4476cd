import { describe, expect, it } from "vitest";
import type { Value } from "../../src/index.js";
import { Input, layers, Model, ops, Sequential } from "../../src/index.js";

/** Ids outside of a table of ten rows. */
const WRONG = [10, 30, -1, -11];

/** An embedding alone, in a nested model, and with ids that the graph computes. */
const MODELS = {
  alone: () =>
    new Sequential([new layers.Embedding(10, 2, { inputShape: [3] }), new layers.Flatten(), new layers.Dense(1)]),
  nested() {
    const inner = new Sequential([new layers.Embedding(10, 2, { inputShape: [3] }), new layers.Flatten()]);
    const x = Input({ shape: [3], dtype: "int32" });
    return new Model(x, new layers.Dense(1).apply(inner.apply(x)));
  },
  computed() {
    class Doubled extends layers.Layer {
      override call(x: Value): Value {
        return ops.subtract(ops.multiply(x, 2), x);
      }
    }
    return new Sequential([
      new Doubled({ inputShape: [3] }),
      new layers.Embedding(10, 2),
      new layers.Flatten(),
      new layers.Dense(1),
    ]);
  },
};

const METHODS: Record<string, (model: Model, ids: number[][]) => Promise<unknown>> = {
  fit: (model, ids) => model.fit(ids, [[1]], { verbose: 0 }),
  evaluate: (model, ids) => model.evaluate(ids, [[1]], { verbose: 0 }),
  predict: (model, ids) => model.predict(ids, { verbose: 0 }),
  trainOnBatch: (model, ids) => model.trainOnBatch(ids, [[1]]),
  testOnBatch: (model, ids) => model.testOnBatch(ids, [[1]]),
  predictOnBatch: (model, ids) => model.predictOnBatch(ids),
};

describe.each(Object.keys(MODELS) as (keyof typeof MODELS)[])("an embedding (%s)", (kind) => {
  const model = MODELS[kind]();
  model.compile({ optimizer: "sgd", loss: "mse" });

  it.each(Object.keys(METHODS))(
    "refuses ids outside of its table in %s, and still works afterwards",
    async (method) => {
      for (const id of WRONG) {
        await expect(METHODS[method]!(model, [[1, 2, id]])).rejects.toThrow(
          `An id lies outside of its table. Received: ${id}. Expected: 0 … 9.`,
        );
      }
      expect(await model.predict([[0, 5, 9]], { verbose: 0 })).toMatchObject({ shape: [1, 1] });
    },
  );
});

it("gathering with an index outside of the axis is the same error", async () => {
  class Look extends layers.Layer {
    override call(x: Value): Value {
      return ops.expandDims(ops.take(x, ops.cast(ops.max(x, { axes: 1 }), "int32")), -1);
    }
  }
  const model = new Sequential([new Look({ inputShape: [3] })]);
  for (const wrong of [
    [3, 0, 0],
    [-1, -2, -3],
  ]) {
    await expect(model.predict([wrong], { verbose: 0 })).rejects.toMatchObject({ code: "id-range" });
  }
  expect(await model.predict([[2, 0, 1]], { verbose: 0 })).toMatchObject({ data: new Float32Array([1]) });
});

describe("labels outside of the output's classes", () => {
  const model = new Sequential([new layers.Dense(3, { activation: "softmax", inputShape: [2] })]);
  model.compile({ optimizer: "sgd", loss: "sparse_categorical_crossentropy" });
  const x = [[1, 2]];
  it.each<[string, (y: number[]) => Promise<unknown>]>([
    ["fit", (y) => model.fit(x, y, { verbose: 0 })],
    ["evaluate", (y) => model.evaluate(x, y, { verbose: 0 })],
    ["trainOnBatch", (y) => model.trainOnBatch(x, y)],
    ["testOnBatch", (y) => model.testOnBatch(x, y)],
    ["validationData", (y) => model.fit(x, [1], { verbose: 0, validationData: [x, y] })],
    ["a generator", (y) => model.fit(() => [[x, y] as const], { verbose: 0 })],
  ])("are refused in %s", async (_, run) => {
    for (const label of [3, -1, 0.5, Number.NaN]) {
      await expect(run([label])).rejects.toMatchObject({ code: "label-range" });
    }
  });
});

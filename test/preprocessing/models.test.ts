import { describe, expect, test } from "vitest";
import { ArrayDataset } from "../../src/data/index.js";
import {
  type Batch,
  compute,
  Input,
  layers,
  Model,
  ops,
  Sequential,
  type StepLogs,
  Tensor,
  type TrainStep,
} from "../../src/index.js";

const TEXTS = ["good film", "bad film", "very good", "very bad", "good good", "bad bad", "a film", "good"];
const LABELS = Tensor.from([[1], [0], [1], [0], [1], [0], [0], [1]]);
const VOCABULARY = ["good", "bad", "film", "very"];

/** A model of texts, and the same one of the ids that its first layer gives. */
function pair() {
  const vectorize = new layers.TextVectorization({ outputSequenceLength: 3, vocabulary: VOCABULARY });
  const rest = () => [
    new layers.Embedding(6, 4, { embeddingsInitializer: "ones" }),
    new layers.Flatten(),
    new layers.Dense(1, { kernelInitializer: "zeros" }),
  ];
  const texts = new Sequential([Input({ shape: [1], dtype: "string" }), vectorize, ...rest()]);
  const ids = new Sequential([Input({ shape: [3], dtype: "int32" }), ...rest()]);
  for (const model of [texts, ids]) model.compile({ optimizer: "adam", loss: "mse", shards: 1 });
  return { vectorize, texts, ids, x: Tensor.from(TEXTS.map((text) => [text])), y: LABELS };
}

const OPTIONS = { epochs: 2, batchSize: 3, shuffle: false, verbose: 0 } as const;

describe("a model that begins with texts", () => {
  test("trains, evaluates and predicts as one of the ids does, bit for bit", async () => {
    const { vectorize, texts, ids, x, y } = pair();
    const numbers = vectorize.call(x);
    const [a, b] = [await texts.fit(x, y, OPTIONS), await ids.fit(numbers, y, OPTIONS)];
    expect(a.history).toEqual(b.history);
    expect(await texts.evaluate(x, y, { verbose: 0 })).toEqual(await ids.evaluate(numbers, y, { verbose: 0 }));
    expect((await texts.predict(x, { verbose: 0 })).toArray()).toEqual(
      (await ids.predict(numbers, { verbose: 0 })).toArray(),
    );
    expect(await texts.trainOnBatch(x, y)).toEqual(await ids.trainOnBatch(numbers, y));
    expect(await texts.testOnBatch(x, y)).toEqual(await ids.testOnBatch(numbers, y));
    const weights = await texts.getWeights();
    expect(weights).toEqual(await ids.getWeights());
  });

  test("takes nested arrays, lists of texts, data sets, generators, and data for validation", async () => {
    const { texts, x, y } = pair();
    const nested = TEXTS.map((text) => [text]);
    const ways: readonly (() => Promise<unknown>)[] = [
      () => texts.fit(nested, y, { ...OPTIONS, validationSplit: 0.25 }),
      () => texts.fit(TEXTS, y, { ...OPTIONS, validationData: [nested, y] }),
      () => texts.fit(new ArrayDataset({ x: [x], y: [y], sampleWeight: null }), OPTIONS),
      () => texts.fit(() => [[x, y]].values(), { epochs: 1, verbose: 0 }),
    ];
    for (const way of ways) await way();
    expect((await texts.predict(TEXTS, { verbose: 0 })).shape).toEqual([8, 1]);
    expect((await texts.predictOnBatch(["good film"])).shape).toEqual([1, 1]);
  });

  test("is wired to the data where its input was not given", async () => {
    const model = new Sequential([
      new layers.StringLookup({ vocabulary: ["a", "b"], outputMode: "multi_hot" }),
      new layers.Dense(1, { kernelInitializer: "ones" }),
    ]);
    expect(
      (
        await model.predict(
          [
            ["a", "q"],
            ["b", "b"],
          ],
          { verbose: 0 },
        )
      ).toArray(),
    ).toEqual([[2], [1]]);
    expect(model.inputs[0]!.dtype).toBe("string");
  });

  test("computes in two shards what it computes in one", async () => {
    const results = [];
    for (const shards of [1, 2]) {
      const { texts, x, y } = pair();
      texts.compile({ optimizer: "sgd", loss: "mse", shards });
      await texts.fit(x, y, { ...OPTIONS, batchSize: 8 });
      results.push((await texts.getWeights()).map((weight) => weight.toArray()));
    }
    const [one, two] = results.map((weights) => weights.flat(4) as number[]);
    one!.forEach((value, i) => {
      expect(Math.abs(value - two![i]!)).toBeLessThan(1e-6);
    });
  });

  test("goes on with a vocabulary that is learned after compile", async () => {
    const vectorize = new layers.TextVectorization({ outputSequenceLength: 2 });
    const model = new Sequential([Input({ shape: [1], dtype: "string" }), vectorize, new layers.Rescaling(1)]);
    model.compile({ loss: "mse" });
    await expect(model.predict([["b"]], { verbose: 0 })).rejects.toThrow(
      "knows no vocabulary yet. Expected: a layer that has seen data. Call adapt first: await layer.adapt(data), or setVocabulary.",
    );
    await vectorize.adapt(["b a", "a"]);
    expect((await model.predict([["b q"]], { verbose: 0 })).toArray()).toEqual([[3, 1]]);
    await vectorize.adapt(["b a", "b"]);
    expect((await model.predict([["b q"]], { verbose: 0 })).toArray()).toEqual([[2, 1]]);
  });
});

/** Texts and numbers, a cross of both, and numbers that go to the graph and to the host. */
function mixed() {
  const inputs = {
    city: Input({ shape: [1], dtype: "string", name: "city" }),
    age: Input({ shape: [1], name: "age" }),
    id: Input({ shape: [1], dtype: "int64", name: "id" }),
  };
  const bins = new layers.Discretization({ binBoundaries: [20, 40] }).apply(inputs.age);
  const city = new layers.StringLookup({ vocabulary: ["Rome", "Oslo"], outputMode: "one_hot" }).apply(inputs.city);
  const cross = new layers.HashedCrossing(7, { outputMode: "one_hot" }).apply([inputs.city, bins]);
  const id = new layers.IntegerLookup({ vocabulary: [5, 9], outputMode: "one_hot" }).apply(inputs.id);
  const bin = new layers.CategoryEncoding(3, { outputMode: "one_hot" }).apply(bins);
  const all = new layers.Concatenate().apply([city, cross, id, bin, inputs.age]);
  return new Model(inputs, all);
}

test("layers of the graph that lead to one on the host are computed there, and feed both", async () => {
  const model = mixed();
  const x = { city: [["Rome"], ["x"]], age: [[30], [50]], id: [[9], [1]] };
  const rows = (await model.predict(x, { verbose: 0 })).toArray() as number[][];
  expect(rows.map((row) => [...row.slice(0, 3), ...row.slice(10)])).toEqual([
    [0, 1, 0, 0, 0, 1, 0, 1, 0, 30],
    [1, 0, 0, 1, 0, 0, 0, 0, 1, 50],
  ]);
  const cross = new layers.HashedCrossing(7, { outputMode: "one_hot" }).call([
    [["Rome"], ["x"]],
    [[1], [2]],
  ]);
  expect(rows.map((row) => row.slice(3, 10))).toEqual(cross.toArray());
});

test("a model with a host part inside another one feeds its graph", async () => {
  const inner = mixed();
  const inputs = {
    city: Input({ shape: [1], dtype: "string", name: "city" }),
    age: Input({ shape: [1], name: "age" }),
    id: Input({ shape: [1], dtype: "int64", name: "id" }),
  };
  const encoded = inner.apply([inputs.age, inputs.city, inputs.id] as never) as never;
  const outer = new Model(inputs, new layers.Rescaling(2).apply(encoded));
  const x = { city: [["Rome"], ["x"]], age: [[30], [50]], id: [[9], [1]] };
  const [a, b] = [await inner.predict(x, { verbose: 0 }), await outer.predict(x, { verbose: 0 })];
  expect(Array.from(b.data, (value) => value / 2)).toEqual(Array.from(a.data));
});

test("a step of the user's own gets what the host gives", async () => {
  class Own extends Model {
    override trainStep({ x, y }: Batch, step: TrainStep): StepLogs {
      const loss = step.loss(y, this.apply(x));
      step.minimize(loss);
      return { loss };
    }
  }
  const { texts, x, y } = pair();
  const input = Input({ shape: [1], dtype: "string" });
  const vectorize = new layers.TextVectorization({ outputSequenceLength: 3, vocabulary: VOCABULARY });
  let value: never = vectorize.apply(input) as never;
  for (const layer of [
    new layers.Embedding(6, 4, { embeddingsInitializer: "ones" }),
    new layers.Flatten(),
    new layers.Dense(1, { kernelInitializer: "zeros" }),
  ]) {
    value = layer.apply(value) as never;
  }
  const own = new Own(input, value);
  own.compile({ optimizer: "adam", loss: "mse", shards: 1 });
  const [a, b] = [await texts.fit(x, y, OPTIONS), await own.fit(x, y, OPTIONS)];
  expect(b.history["loss"]).toEqual(a.history["loss"]);
});

describe("what cannot be", () => {
  const text = () => Input({ shape: [1], dtype: "string", name: "text" });
  const lookup = () => new layers.StringLookup({ vocabulary: ["a"], name: "lookup" });

  test("texts in a graph, and texts as outputs", () => {
    expect(() => new layers.Dense(1).apply(text())).toThrow("Strings cannot be computed on. Put a layer in front");
    const back = new layers.StringLookup({ vocabulary: ["a"], invert: true, name: "back" });
    const id = Input({ shape: [1], dtype: "int64" });
    expect(() => new Model(id, back.apply(id), { name: "m" })).toThrow(
      'Functional "m" would compute with the texts of StringLookup "back", or give them',
    );
  });

  test("weights to train before the host", () => {
    const x = Input({ shape: [1] });
    const ids = new layers.Dense(1, { name: "dense" }).apply(x);
    expect(() => new Model(x, new layers.Hashing(3).apply(ids))).toThrow(
      'Dense "dense" leads to a layer that is computed on the host, before the graph, so it could not be trained',
    );
  });

  test("a host layer inside a graph", async () => {
    const value = ops.constant(new Tensor([1], [1, 1], "int32"));
    const ids = new layers.IntegerLookup({ vocabulary: [1], name: "ids" });
    expect(() => ids.apply(value as never)).toThrow('IntegerLookup "ids" computes on the host, before the graph');
    const input = Input({ shape: [1], dtype: "int32" });
    const model = new Model(input, new layers.Rescaling(1).apply(ids.apply(input)), { name: "inner" });
    expect(() => model.apply(value as never)).toThrow('Functional "inner" computes a part on the host');
    class Whole extends Model {
      lookup = lookup();
      override call(x: never) {
        return this.lookup.apply(x) as never;
      }
    }
    const whole = new Whole();
    whole.compile({ loss: "mse" });
    await expect(whole.fit([["a"]], [[1]], { verbose: 0 })).rejects.toThrow(
      "holds strings, and models compute on numbers",
    );
  });

  test("data of the other kind", async () => {
    const input = text();
    const model = new Model(input, new layers.Rescaling(1).apply(lookup().apply(input)), { name: "m" });
    await expect(model.predict([[1]], { verbose: 0 })).rejects.toThrow(
      'Input "text" of predict of Functional "m" takes strings. Received: a tensor of float32 of shape (1, 1). Expected: strings.',
    );
    const numbers = new Sequential([new layers.Dense(1, { inputShape: [1] })]);
    await expect(numbers.predict([["a"]], { verbose: 0 })).rejects.toThrow(
      "holds strings, and models compute on numbers",
    );
    expect(() => lookup().call([1])).toThrow('StringLookup "lookup" looks up texts. Received: numbers of float64');
    const closed = new layers.StringLookup({ vocabulary: ["a"], numOovIndices: 0, name: "closed" });
    expect(() => closed.call(["b"])).toThrow('StringLookup "closed" met something that its vocabulary does not have');
  });
});

test("host layers compute at once on data, also through compute", async () => {
  const layer = new layers.StringLookup({ vocabulary: ["a", "b"] });
  expect(layer.call([["b", "z"]]).toArray()).toEqual([[2, 0]]);
  expect((await compute(layer.apply(new Tensor(["a"])))).toArray()).toEqual([1]);
  const big = new layers.IntegerLookup({ vocabulary: [123456789, 2n ** 60n] });
  expect(big.call([123456789, 123456790]).toArray()).toEqual([1, 0]);
  expect(big.call(BigInt64Array.of(2n ** 60n, 7n)).toArray()).toEqual([2, 0]);
});

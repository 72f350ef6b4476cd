import { describe, expect, test } from "vitest";
import { ArrayDataset } from "../../src/data/index.js";
import { compute, layers, ops, Sequential, Tensor } from "../../src/index.js";
import { FIXTURE } from "./fixture.js";

const { normalization, discretization } = FIXTURE.adapted;

const close = (actual: ArrayLike<number>, expected: readonly number[]): void => {
  expect(actual.length).toBe(expected.length);
  expected.forEach((value, i) => {
    expect(Math.abs(actual[i]! - value)).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(value)));
  });
};

describe("Normalization.adapt", () => {
  test.each(normalization)(
    "learns Keras's mean and variance along $axis",
    async ({ axis, x, shape, mean, variance }) => {
      const data = new Tensor(x, shape);
      const layer = new layers.Normalization({ axis });
      await layer.adapt(data);
      close(layer.mean!.data, mean);
      close(layer.variance!.data, variance);
    },
  );

  test("learns the same from batches of any kind as from one array", async () => {
    const { x, shape, mean, variance } = normalization[0]!;
    const data = new Tensor(x, shape);
    const parts = [data.slice(0, 1), data.slice(1, 5), data.slice(5)];
    const ways = [
      parts,
      new ArrayDataset({ x: [data], y: null, sampleWeight: null }),
      new Set(parts),
      () => parts.map((part) => [part, part]).values(),
      async function* () {
        for (const part of parts) yield { x: part };
      },
    ];
    for (const way of ways) {
      const layer = new layers.Normalization();
      await layer.adapt(way);
      close(layer.mean!.data, mean);
      close(layer.variance!.data, variance);
    }
  });

  test("stops after the given number of batches", async () => {
    const layer = new layers.Normalization();
    await layer.adapt(() => [new Tensor([1, 3], [2, 1]), new Tensor([100], [1, 1])].values(), { steps: 1 });
    expect(layer.mean!.data).toEqual(Float32Array.of(2));
    expect(layer.variance!.data).toEqual(Float32Array.of(1));
  });

  test("a compiled model goes on with what is learned later", async () => {
    const normalize = new layers.Normalization({ inputShape: [2] });
    const model = new Sequential([normalize]);
    const x = Tensor.from([
      [1, 10],
      [3, 30],
    ]);
    expect((await model.predict(x)).toArray()).toEqual([
      [1, 10],
      [3, 30],
    ]);
    await normalize.adapt(x);
    close((await model.predict(x)).data, [-1, -1, 1, 1]);
  });

  test("refuses what it cannot learn from", async () => {
    const layer = () => new layers.Normalization({ name: "norm" });
    const given = new layers.Normalization({ name: "norm", mean: 1, variance: 2 });
    await expect(given.adapt([[1]])).rejects.toThrow(
      'adapt of Normalization "norm" would learn what was given. Received: mean and variance in the options. Leave them out, or do not adapt.',
    );
    await expect(layer().adapt(() => [].values())).rejects.toThrow(
      'adapt of Normalization "norm" has nothing to learn from',
    );
    await expect(layer().adapt([])).rejects.toThrow("has nothing to learn from");
    await expect(layer().adapt([["a"]])).rejects.toThrow("needs numbers. Received: texts of shape (1, 1)");
    await expect(layer().adapt(new Map() as never)).rejects.toThrow("has nothing to learn from");
    await expect(layer().adapt(null as never)).rejects.toThrow('adapt of Normalization "norm" cannot learn from this');
    await expect(layer().adapt([[1]], { steps: 2 })).rejects.toThrow("steps means nothing for one array");
    await expect(layer().adapt([1, 2])).rejects.toThrow("Give the axis of the features, or axis: null");
    const built = layer();
    built.build([[null, 3]]);
    await expect(built.adapt([[1, 2]])).rejects.toThrow("Expected: 3 on axis 1, as the layer was built");
    expect(() => new layers.Normalization({ mean: 1 })).toThrow("takes mean and variance together");
  });
});

describe("Discretization.adapt", () => {
  test.each(discretization)("finds Keras's boundaries of $bins bins from $parts parts", async (row) => {
    const { bins, epsilon, parts, x, boundaries } = row;
    const layer = new layers.Discretization({ numBins: bins, epsilon });
    const size = Math.floor(x.length / parts);
    const longer = x.length % parts;
    let start = 0;
    const batches = Array.from({ length: parts }, (_, i) => {
      const end = start + size + (i < longer ? 1 : 0);
      const part = new Tensor(x.slice(start, end));
      start = end;
      return part;
    });
    await layer.adapt(parts === 1 ? new Tensor([...x]) : batches);
    close(layer.binBoundaries!, boundaries);
    const again = layers.Discretization.fromConfig(layer.getConfig());
    expect(again.getConfig()).toEqual(layer.getConfig());
  });

  test("a compiled model goes on with what is learned later", async () => {
    const bins = new layers.Discretization({ numBins: 3, inputShape: [1] });
    const model = new Sequential([bins]);
    const x = Tensor.from([[1], [2], [3], [Number.POSITIVE_INFINITY], [Number.NaN]]);
    const few = await bins.adapt([1, 2, 3]).then(() => model.predict(x));
    expect(few.toArray()).toEqual([[1], [2], [2], [2], [2]]);
    await bins.adapt([10, 20, 30]);
    expect((await model.predict(x)).toArray()).toEqual([[0], [0], [0], [2], [2]]);
  });

  test("refuses options and data that do not fit", async () => {
    expect(() => new layers.Discretization()).toThrow("takes either binBoundaries or numBins. Received: neither");
    expect(() => new layers.Discretization({ binBoundaries: [2, 1] })).toThrow("a list of ascending numbers");
    expect(() => new layers.Discretization({ numBins: 2, sparse: true })).toThrow("Pawl has no sparse tensors");
    const given = new layers.Discretization({ binBoundaries: [0] });
    await expect(given.adapt([1])).rejects.toThrow("would learn what was given");
  });
});

test("CategoryEncoding weighs counts by the weights of the call", async () => {
  const encode = new layers.CategoryEncoding(4, { outputMode: "count" });
  const ids = ops.constant(new Tensor([0, 1, 1, 3, 0, 9], [2, 3], "int32"));
  const countWeights = ops.constant(new Tensor([0.5, 1, 2, 0.25, 0.5, 7], [2, 3]));
  const counts = await compute(encode.apply(ids, { countWeights }));
  expect(counts.toArray()).toEqual([
    [0.5, 3, 0, 0],
    [0.5, 0, 0, 0.25],
  ]);
  const other = new layers.CategoryEncoding(4);
  expect(() => other.apply(ids, { countWeights })).toThrow('cannot use countWeights. Received: outputMode "multi_hot"');
});

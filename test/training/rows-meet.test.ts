import { afterEach, describe, expect, it, test } from "vitest";
import {
  configure,
  Input,
  layers,
  Model,
  ops,
  random,
  Sequential,
  setRandomSeed,
  type Value,
} from "../../src/index.js";

afterEach(() => configure({}));

const distances = (a: Value, b: Value): Value =>
  ops.sum(ops.square(ops.subtract(ops.expandDims(a, 1), ops.expandDims(b, 0))), { axes: 2 });
const normalized = (x: Value): Value => ops.divide(x, ops.add(ops.l2Norm(x, { axes: 1, keepDims: true }), 1e-6));

/** The loss of SimCLR: each of two views must find the other among all views of the batch. */
function ntXent(a: Value, b: Value): Value {
  const views = normalized(ops.concatenate([a, b], 0));
  const numbers = ops.iota(-2);
  const isSelf = ops.equal(ops.expandDims(numbers, 1), numbers);
  const logits = ops.where(isSelf, -1e9, ops.multiply(ops.matmul(views, views, { transposeB: true }), 2));
  const [first, second] = ops.split(numbers, 2, 0) as [Value, Value];
  return ops.neg(ops.mean(ops.take(ops.logSoftmax(logits), ops.concatenate([second, first], 0))));
}

/** The loss of CLIP: both directions of a matrix of similarities. */
function clip(a: Value, b: Value): Value {
  const logits = ops.multiply(ops.matmul(normalized(a), normalized(b), { transposeB: true }), 5);
  const cost = (side: Value): Value => ops.mean(ops.take(ops.logSoftmax(side), ops.iota(-1)));
  return ops.multiply(ops.add(cost(logits), cost(ops.transpose(logits))), -0.5);
}

/** Triplets with the hardest positive and negative of the batch; the signs of some feature are the classes. */
function hardest(a: Value, b: Value): Value {
  const label = ops.cast(ops.greater(ops.sum(b, { axes: 1 }), 0), "int32");
  const isSame = ops.equal(ops.expandDims(label, 1), label);
  const apart = distances(a, a);
  const positive = ops.max(ops.where(isSame, apart, 0), { axes: 1 });
  const negative = ops.min(ops.where(isSame, 1e3, apart), { axes: 1 });
  return ops.mean(ops.relu(ops.add(ops.subtract(positive, negative), 1)));
}

/** Rows mixed with others of the batch, drawn anew in each step. */
function mixup(a: Value, b: Value): Value {
  const order = ops.argsort(ops.random([-1], 7, "uniform"), { axis: 0 });
  const share = ops.random([-1, 1], 8, "uniform");
  const mixed = ops.add(ops.multiply(a, share), ops.multiply(ops.gather(a, order), ops.subtract(1, share)));
  return ops.mean(ops.square(ops.subtract(mixed, ops.tanh(b))));
}

const LOSSES: Readonly<Record<string, (a: Value, b: Value) => Value>> = {
  "log softmax of all pairs": (a, b) => ops.neg(ops.mean(ops.logSoftmax(ops.matmul(a, b, { transposeB: true })))),
  "a matrix of features": (a, b) => ops.mean(ops.square(ops.matmul(a, b, { transposeA: true }))),
  "rows in reverse": (a, b) => ops.mean(ops.square(ops.subtract(a, ops.reverse(b, 0)))),
  "batches in a row": (a, b) => ops.mean(ops.square(ops.concatenate([a, b], 0))),
  "the first two rows": (a) => ops.mean(ops.square(ops.slice(a, 0, 0, 2))),
  "running sums": (a) => ops.mean(ops.square(ops.cumsum(a, 0))),
  "rows sorted": (a, b) => ops.mean(ops.multiply(ops.sort(a, { axis: 0 }), ops.tanh(b))),
  "gathered rows": (a, b) => ops.mean(ops.gather(a, ops.argmax(ops.matmul(a, b, { transposeB: true }), 1))),
  "the three best of the batch": (a, b) => ops.mean(ops.topK(ops.matmul(a, b, { transposeB: true }), 3).values),
  SimCLR: ntXent,
  CLIP: clip,
  "hardest triplets": hardest,
  mixup,
};

class InBatch extends layers.Layer<readonly Value[], Value> {
  static override readonly className: string = "InBatch";
  readonly loss: (a: Value, b: Value) => Value;

  constructor(loss: (a: Value, b: Value) => Value) {
    super({});
    this.loss = loss;
  }

  override call([a, b]: readonly Value[], context: layers.CallContext): Value {
    context.addLoss(this.loss(a!, b!));
    return a!;
  }
}

/** The losses and final weights of a short training, the last batch smaller than the others. */
async function train(loss: (a: Value, b: Value) => Value, shards: number, workers: number) {
  configure({ workers });
  setRandomSeed(4);
  const x = Input({ shape: [4] });
  const sides = [new layers.Dense(3).apply(x), new layers.Dense(3, { activation: "tanh" }).apply(x)];
  const model = new Model(x, new InBatch(loss).apply(sides));
  model.compile({ optimizer: "adam", loss: null, shards });
  const { history } = await model.fit(random.normal([20, 4], { seed: 1 }), null, {
    batchSize: 8,
    epochs: 2,
    verbose: 0,
  });
  return { losses: history["loss"]!, weights: (await model.getWeights()).map(({ data }) => data) };
}

describe.each(Object.entries(LOSSES))("a loss in which rows meet: %s", (_, loss) => {
  it("is the same in any number of shards, also with fewer rows than shards", async () => {
    const one = await train(loss, 1, 2);
    for (const shards of [2, 3, 5, 7]) {
      const more = await train(loss, shards, 2);
      for (const [i, value] of more.losses.entries()) expect(value).toBeCloseTo(one.losses[i]!, 4);
    }
  });

  it.each([2, 5])("has the bits of %i shards, whatever the number of workers", async (shards) => {
    const one = await train(loss, shards, 1);
    for (const workers of [2, 3, 4]) expect(await train(loss, shards, workers)).toEqual(one);
  });
});

describe("a loss function in which rows meet", () => {
  /** Semi-hard triplets: one loss a row, from labels and embeddings of the batch. */
  const semiHard = (yTrue: Value, yPred: Value): Value => {
    const label = ops.reshape(ops.cast(yTrue, "int32"), [-1]);
    const isSame = ops.equal(ops.expandDims(label, 1), label);
    const apart = distances(yPred, yPred);
    const positive = ops.max(ops.where(isSame, apart, 0), { axes: 1, keepDims: true });
    const isHarder = ops.logicalAnd(ops.logicalNot(isSame), ops.greater(apart, positive));
    const negative = ops.min(ops.where(isHarder, apart, 10), { axes: 1 });
    return ops.relu(ops.add(ops.subtract(ops.reshape(positive, [-1]), negative), 1));
  };

  it.each([1, 3])("is trained, weighted and measured in %i shards as in one", async (shards) => {
    setRandomSeed(9);
    const model = new Sequential([new layers.Dense(5, { activation: "tanh", inputShape: [4] }), new layers.Dense(2)]);
    model.compile({ optimizer: "sgd", loss: semiHard, metrics: [semiHard], shards });
    const y = random.integers(0, 3, [22], { seed: 3 });
    const sampleWeight = random.uniform([22], { seed: 4 });
    const { history } = await model.fit(random.normal([22, 4], { seed: 2 }), y, {
      batchSize: 8,
      epochs: 2,
      verbose: 0,
      sampleWeight,
      validationData: [random.normal([9, 4], { seed: 5 }), random.integers(0, 3, [9], { seed: 6 })],
    });
    for (const key of ["loss", "semiHard", "val_loss", "val_semiHard"]) {
      const known = (FIRST[key] ??= history[key]!);
      for (const [i, value] of history[key]!.entries()) expect(value).toBeCloseTo(known[i]!, 5);
    }
  });
  const FIRST: Record<string, readonly number[]> = {};
});

test("Concatenate joins batches along axis 0, whose rows then go through layers like others", async () => {
  const x = Input({ shape: [6, 6, 2] });
  const both = new layers.Concatenate({ axis: 0 }).apply([x, new layers.Activation("tanh").apply(x)]);
  const convolved = new layers.Conv2D(3, 3, { padding: "same", activation: "relu" }).apply(both);
  const y = new layers.Dense(2).apply(new layers.Flatten().apply(new layers.BatchNormalization().apply(convolved)));
  const model = new Model(x, y);
  expect(model.outputs[0]!.shape).toEqual([null, 2]);
  const images = random.normal([7, 6, 6, 2], { seed: 1 });
  const whole = await model.predict(images, { batchSize: 7, verbose: 0 });
  expect(whole.shape).toEqual([14, 2]);
  model.compile({ optimizer: "sgd", loss: "mse", shards: 3 });
  const parts = await model.predict(images, { batchSize: 7, verbose: 0 });
  for (const [i, value] of parts.data.entries()) expect(value).toBeCloseTo(Number(whole.data[i]), 5);
});

describe("batches that are too small", () => {
  it("are refused by name before anything is computed", async () => {
    const x = Input({ shape: [4] });
    const two = new InBatch((a) => ops.mean(ops.slice(a, 0, 0, 3)));
    const model = new Model(x, two.apply([x, x]));
    model.compile({ optimizer: "sgd", loss: null });
    await expect(model.fit(random.normal([4, 4]), null, { batchSize: 2, verbose: 0 })).rejects.toThrow(
      'Program "train" needs a batch of at least 3 rows: gather takes float32 (3, 4) from the batch. Received: 2. ' +
        "Leave out smaller batches, also the last one if it is, or take fewer rows.",
    );
  });
});

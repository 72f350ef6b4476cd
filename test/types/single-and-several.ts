// Compiled, never run: what a layer or model takes and gives is one tensor or a list, and its type says so.
import {
  type AnyModel,
  type Dims,
  Input,
  layers,
  loadModel,
  Model,
  ops,
  Sequential,
  type Tensor,
  type Value,
  type Variable,
} from "pawl";

declare const value: Value;
const x = Input({ shape: [28, 28, 1] });

// One in, one out.
const flat: layers.KerasTensor = new layers.Flatten().apply(x);
const computed: Value = new layers.Dense(2).apply(value);
const called: Value = new layers.Dropout(0.5).call(value);
const input: layers.KerasTensor = new layers.Dense(2).input;
// @ts-expect-error one tensor, no list
new layers.Dense(2).apply([x]);

// A list in, one out.
const sum: layers.KerasTensor = new layers.Add().apply([flat, flat]);
const joined: Value = new layers.Concatenate().call([value, value]);
// @ts-expect-error a list
new layers.Add().apply(flat);
const attention = new layers.MultiHeadAttention(2, 4);
const attended: layers.KerasTensor = attention.apply([x, x], { useCausalMask: true });
const [seen, scores] = attention.apply([x, x], { returnAttentionScores: true });
const pair: readonly layers.KerasTensor[] = [seen, scores];
const [seenValue, scoreValues]: readonly [Value, Value] = attention.apply([value, value], {
  returnAttentionScores: true,
});

// What comes out depends on an option.
const last: layers.KerasTensor = new layers.LSTM(4).apply(x);
const sequence: layers.KerasTensor = new layers.LSTM(4, { returnSequences: true }).apply(x);
const [output, h, c] = new layers.LSTM(4, { returnState: true }).apply(x);
const decoded: layers.KerasTensor = new layers.LSTM(4, { returnSequences: true }).apply([x, h, c]);
// @ts-expect-error three tensors
const onlyOne: layers.KerasTensor = new layers.LSTM(4, { returnState: true }).apply(x);

// Models.
const classifier = new Model(x, sum, { name: "classifier" });
const two = new Model([x, x], [flat, sum]);
const named = new Model({ image: x }, { kind: flat, size: sum });
const nested = new Model({ image: [x, x] }, { heads: [flat, sum], rest: { size: sum } });
const { heads: ofNested }: { readonly heads: readonly [layers.KerasTensor, layers.KerasTensor] } = nested.apply({
  image: [x, x],
});
// @ts-expect-error a record of a list
nested.apply({ image: x });
const listed = new Model(
  [x],
  ["a", "b"].map((name) => new layers.Dense(1, { name }).apply(flat)),
);
const chain = new Sequential([x, new layers.Flatten(), new layers.LSTM(3, { returnSequences: true }), classifier]);
const plain: Model = classifier;
const any: readonly AnyModel[] = [classifier, two, named, listed, chain];
const layerOfModel: layers.Layer = classifier;
const ofModel: layers.KerasTensor = classifier.apply(x);
const [first, second]: readonly [Value, Value] = two.call([value, value]);
// @ts-expect-error it gives two
const notTwo: Model = two;

// Models in the middle of others.
const features = new Model(classifier.input, [classifier.getLayer("conv").output, classifier.output]);
const inner = new Model(
  classifier.input,
  classifier.layers.map((layer) => layer.output),
);
const kernel: Variable = classifier.getLayer("dense", layers.Dense).kernel;

async function predictions(): Promise<readonly Tensor[]> {
  const one: Tensor = await classifier.predict([1]);
  const batch: Tensor = await chain.predictOnBatch([1]);
  const [kind, size]: [Tensor, Tensor] = await two.predict([[1], [2]]);
  const { kind: ofKind, size: ofSize }: { kind: Tensor; size: Tensor } = await named.predict([1]);
  const { heads, rest }: { heads: [Tensor, Tensor]; rest: { size: Tensor } } = await nested.predict({ image: [[1]] });
  const all: Tensor[] = await listed.predict([1]);
  const [activations, probabilities] = await features.predict([1]);
  const of: Tensor[] = await inner.predict([1]);
  const loaded: Tensor = await (await loadModel("a.keras")).predict([1]);
  const several = await loadModel<Model<Value, readonly Value[]>>("b.keras");
  const results: Tensor[] = await several.predict([1]);
  const floats: Float32Array = (await chain.predict([1])).data;
  const largest: number = Math.max(...kind.data, floats[0] ?? 0, one.item(0, 1));
  for (const row of one) if (row.data.length > largest) return [row];
  return [
    one,
    batch,
    kind,
    size,
    ofKind,
    ofSize,
    ...heads,
    rest.size,
    ...all,
    activations,
    probabilities,
    ...of,
    loaded,
    ...results,
  ];
}

// Layers and models of a user's own.
class Distance extends layers.Layer<readonly [Value, Value], Value> {
  override call([a, b]: readonly [Value, Value]): Value {
    return ops.sum(ops.square(ops.subtract(a, b)), { axes: -1 });
  }
}
const distance: layers.KerasTensor = new Distance().apply([flat, flat]);
// @ts-expect-error a pair
new Distance().apply([flat]);

class Moments extends layers.Layer<Value, readonly [Value, Value]> {
  override call(x: Value): readonly [Value, Value] {
    return [ops.mean(x), ops.variance(x)];
  }
}
const [mean, variance] = new Moments().apply(flat);

/** Every built-in class can be extended with the context of the call, and calls its base with or without it. */
class Noisy extends layers.Conv2D {
  override call(x: Value, context: layers.CallContext): Value {
    const y = super.call(x);
    return context.training ? ops.add(y, context.random("noise", y.shape, "normal")) : y;
  }
}
class Traced extends layers.Dropout {
  override call(x: Value): Value {
    return ops.multiply(super.call(x), 2);
  }
}
class Recurrent extends layers.LSTM<true> {
  override call(x: layers.Inputs, context: layers.CallContext): readonly [Value, Value, Value] {
    const [y, h, c] = super.call(x, context);
    return [ops.tanh(y), h, c];
  }
}

class Block extends layers.Layer {
  readonly conv: Noisy = new Noisy(4, 3, { padding: "same" });
  readonly rest: readonly layers.AnyLayer[] = [new layers.Dense(3), new Traced(0.1)];

  override call(x: Value, context: layers.CallContext): Value {
    const y = context.apply(this.conv, x);
    return ops.add(y, this.conv.apply(x));
  }
}

class Gan extends Model {
  readonly generator: Model;
  readonly critic: Model;

  constructor(generator: Model, critic: Model) {
    super(null, null);
    this.generator = generator;
    this.critic = critic;
  }

  override call(x: Value): Value {
    return this.critic.call(this.generator.call(x));
  }
}
const gan = new Gan(classifier, chain);
async function ofGan(): Promise<Tensor> {
  return await gan.predict([1]);
}

class Siamese extends Model<readonly [Value, Value], readonly Value[]> {
  readonly encoder: layers.Dense = new layers.Dense(4);

  override call([a, b]: readonly [Value, Value]): readonly Value[] {
    return [this.encoder.call(a), this.encoder.call(b)];
  }
}
const [code] = new Siamese(null, null).call([value, value]);

const dims: Dims = computed.shape;
/** Everything above is used. */
export const used: unknown = [
  attended,
  called,
  code,
  decoded,
  dims,
  distance,
  input,
  joined,
  last,
  layerOfModel,
  mean,
  ofGan,
  ofModel,
  first,
  kernel,
  notTwo,
  ofNested,
  onlyOne,
  output,
  pair,
  plain,
  predictions,
  Recurrent,
  scoreValues,
  second,
  seenValue,
  any,
  Block,
  sequence,
  variance,
];

// Models that Pawl makes itself, for Keras to open: what Pawl's own names, defaults and option spellings become on disk.

import {
  constraints,
  Input,
  layers,
  losses,
  Model,
  metrics,
  optimizers,
  random,
  regularizers,
  Sequential,
  schedules,
  Tensor,
} from "../dist/index.js";

const ROWS = 40;
const x = (...shape) => random.normal([ROWS, ...shape]);
const binary = () => random.integers(0, 2, [ROWS, 1]).cast("float32");
const labels = (classes) => random.integers(0, classes, [ROWS, 1]);

export const born = {
  born_seed_model() {
    const model = new Sequential([
      new layers.Dense(10, { activation: "relu", inputShape: [10] }),
      new layers.Dense(1, { activation: "sigmoid" }),
    ]);
    model.compile({ optimizer: "adam", loss: "binary_crossentropy", metrics: ["accuracy"] });
    return { model, x: x(10), y: binary() };
  },

  born_short_names() {
    const model = new Sequential([
      Input({ shape: [6] }),
      new layers.Dense(4, { activation: "selu" }),
      new layers.Dense(1),
    ]);
    model.compile({
      optimizer: new optimizers.SGD({ learningRate: 1 / 16, momentum: 0 }),
      loss: "mse",
      metrics: ["mae", "mape"],
    });
    return { model, x: x(6), y: x(1) };
  },

  born_whole_numbers() {
    // Whole numbers where Keras insists on floats.
    const rate = new schedules.ExponentialDecay({ initialLearningRate: 1, decaySteps: 100, decayRate: 1 });
    const model = new Sequential([Input({ shape: [4] }), new layers.Dense(1)]);
    model.compile({ optimizer: new optimizers.SGD({ learningRate: rate, momentum: 0, clipnorm: 1 }), loss: "mae" });
    return { model, x: x(4), y: x(1) };
  },

  born_two_outputs() {
    const input = Input({ shape: [6], name: "features" });
    const trunk = new layers.Dense(8, { activation: "gelu" }).apply(input);
    const score = new layers.Dense(1, { name: "score" }).apply(trunk);
    const kind = new layers.Dense(3, { activation: "softmax", name: "kind" }).apply(trunk);
    const model = new Model(input, [score, kind], { name: "two_headed" });
    model.compile({
      optimizer: new optimizers.AdamW({ learningRate: 0.01, weightDecay: 0.01, globalClipnorm: 1 }),
      loss: { score: new losses.Huber(), kind: "sparse_categorical_crossentropy" },
      lossWeights: { score: 1, kind: 0.5 },
      metrics: { kind: ["accuracy", new metrics.SparseTopKCategoricalAccuracy({ k: 2 })] },
    });
    return { model, x: x(6), y: [x(1), labels(3)] };
  },

  born_convolutional() {
    const model = new Sequential([
      Input({ shape: [8, 8, 1] }),
      new layers.Conv2D(4, 3, { padding: "same", useBias: false, kernelInitializer: "he_normal" }),
      new layers.BatchNormalization(),
      new layers.ReLU({ maxValue: 6 }),
      new layers.MaxPooling2D(),
      new layers.Flatten(),
      new layers.Dense(3, { activation: "softmax", kernelRegularizer: new regularizers.L2({ l2: 0.01 }) }),
    ]);
    model.compile({
      optimizer: new optimizers.Adam({ useEma: true, emaMomentum: 0.9, emaOverwriteFrequency: 4 }),
      loss: "sparse_categorical_crossentropy",
      metrics: ["accuracy"],
    });
    return { model, x: x(8, 8, 1), y: labels(3), options: { classWeight: { 0: 2 } } };
  },

  born_shared_and_nested() {
    const tower = new Sequential(
      [Input({ shape: [4] }), new layers.Dense(5, { activation: "tanh" }), new layers.Dense(3)],
      {
        name: "tower",
      },
    );
    const a = Input({ shape: [4] });
    const b = Input({ shape: [4] });
    const merged = new layers.Multiply().apply([tower.apply(a), tower.apply(b)]);
    const head = new layers.Dense(1, { kernelConstraint: new constraints.MaxNorm({ maxValue: 1 }) });
    const model = new Model([a, b], head.apply(merged));
    const rate = new schedules.CosineDecay({ initialLearningRate: 0.05, decaySteps: 10 });
    model.compile({
      optimizer: new optimizers.RMSprop({ learningRate: rate, momentum: 0.5, gradientAccumulationSteps: 2 }),
      loss: "mse",
    });
    return { model, x: [x(4), x(4)], y: x(1) };
  },

  born_frozen_embedding() {
    const model = new Sequential([
      Input({ shape: [5], dtype: "int32" }),
      new layers.Embedding(12, 4, { trainable: false }),
      new layers.LayerNormalization(),
      new layers.Flatten(),
      new layers.Dense(1, { activation: "sigmoid" }),
    ]);
    model.compile({ optimizer: "rmsprop", loss: new losses.BinaryCrossentropy({ labelSmoothing: 0.1 }) });
    return { model, x: random.integers(0, 12, [ROWS, 5]), y: binary() };
  },

  born_masked_attention() {
    const ids = Input({ shape: [6], dtype: "int32" });
    const mask = Input({ shape: [6, 6], dtype: "bool" });
    const embedded = new layers.Embedding(12, 8, { maskZero: true }).apply(ids);
    const attention = new layers.MultiHeadAttention(2, 4, { outputShape: 8, useGate: true, biasRegularizer: "l2" });
    const attended = attention.apply([embedded, embedded], { useCausalMask: true, attentionMask: mask });
    const steps = new layers.LSTM(4, { returnSequences: true }).apply(new layers.Add().apply([embedded, attended]));
    const model = new Model([ids, mask], new layers.Dense(1).apply(new layers.GlobalAveragePooling1D().apply(steps)));
    model.compile({ optimizer: new optimizers.SGD({ learningRate: 0.1 }), loss: "mse" });
    const seen = new Tensor(
      random.integers(0, 4, [ROWS, 6, 6]).data.map((n) => +(n > 0)),
      [ROWS, 6, 6],
      "bool",
    );
    return { model, x: [random.integers(0, 12, [ROWS, 6]), seen], y: x(1) };
  },

  born_encoder_decoder() {
    const source = Input({ shape: [5, 3] });
    const target = Input({ shape: [4, 3] });
    const [, h, c] = new layers.LSTM(4, { returnState: true, recurrentRegularizer: "l2" }).apply(source);
    const decoder = new layers.LSTM(4, { returnSequences: true, goBackwards: true, activation: "softsign" });
    const model = new Model([source, target], new layers.Dense(2).apply(decoder.apply([target, h, c])));
    model.compile({ optimizer: "adam", loss: "mse" });
    return { model, x: [x(5, 3), x(4, 3)], y: x(4, 2) };
  },
};

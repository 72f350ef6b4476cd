// Compiled, never run: programs of Keras's documentation in TypeScript, as people write them, without a cast.
import {
  type AnyModel,
  callbacks,
  compute,
  Input,
  layers,
  loadModel,
  losses,
  Model,
  metrics,
  ops,
  optimizers,
  random,
  Sequential,
  type Shape,
  type Tensor,
  type Value,
  type Variable,
} from "pawl";

/** A residual network with shared blocks. */
function residual(x: layers.KerasTensor, filters: number): layers.KerasTensor {
  const shortcut = new layers.Conv2D(filters, 1, { padding: "same" }).apply(x);
  let y = new layers.Conv2D(filters, 3, { padding: "same", activation: "relu" }).apply(x);
  y = new layers.BatchNormalization().apply(y);
  return new layers.Activation("relu").apply(new layers.Add().apply([shortcut, y]));
}

/** An autoencoder whose encoder is a model of its own; its codes are compared afterwards. */
export async function autoencoder(images: Tensor): Promise<Float32Array> {
  const x = Input({ shape: [28, 28, 1] });
  const code = new layers.Dense(32, { activation: "relu", name: "code" }).apply(
    new layers.Flatten().apply(residual(x, 8)),
  );
  const decoded = new layers.Reshape([28, 28, 1]).apply(new layers.Dense(784, { activation: "sigmoid" }).apply(code));
  const model = new Model(x, decoded);
  model.compile({ optimizer: new optimizers.Adam({ learningRate: 1e-3 }), loss: "mse", metrics: "mae" });
  const stopping = new callbacks.EarlyStopping({ monitor: "val_loss", patience: 3 });
  const { history } = await model.fit(images, images, { epochs: 3, validationSplit: 0.1, callbacks: [stopping] });
  const best: number = Math.min(...(history["val_loss"] ?? []));
  const encoder = new Model(model.input, model.getLayer("code").output);
  const codes = await encoder.predict(images);
  const { values, indices } = await compute(ops.topK(ops.matmul(codes, ops.transpose(codes)), 5));
  for (const row of indices) console.log(row.toArray(), values.at(0, 0).item(), best);
  return codes.data;
}

/** Translation: an encoder whose states the decoder begins with. */
export function translation(words: number, units: number): readonly AnyModel[] {
  const source = Input({ shape: [null, words] });
  const [, h, c] = new layers.LSTM(units, { returnState: true }).apply(source);
  const target = Input({ shape: [null, words] });
  const lstm = new layers.LSTM(units, { returnSequences: true, returnState: true });
  const [sequence] = lstm.apply([target, h, c]);
  const dense = new layers.Dense(words, { activation: "softmax" });
  const states = [Input({ shape: [units] }), Input({ shape: [units] })] as const;
  const [step, nextH, nextC] = lstm.apply([target, ...states]);
  return [
    new Model([source, target], dense.apply(sequence)),
    new Model([target, ...states], [dense.apply(step), nextH, nextC]),
  ];
}

/** A transformer block, of layers in one's own class. */
export class TransformerBlock extends layers.Layer {
  readonly attention: layers.MultiHeadAttention = new layers.MultiHeadAttention(2, 16);
  readonly first: layers.Dense = new layers.Dense(64, { activation: "relu" });
  readonly second: layers.Dense = new layers.Dense(32);
  readonly norms: readonly layers.LayerNormalization[] = [
    new layers.LayerNormalization({ epsilon: 1e-6, axis: -1 }),
    new layers.LayerNormalization({ epsilon: 1e-6, axis: [-1] }),
  ];

  override call(x: Value): Value {
    const attended = this.attention.apply([x, x], { useCausalMask: true });
    let y = ops.add(x, attended);
    for (const norm of this.norms) y = norm.call(y);
    return ops.add(y, this.second.call(this.first.call(y)));
  }
}

/** A layer with weights. */
export class Antirectifier extends layers.Layer {
  #kernel: Variable | null = null;

  override build([shape]: readonly Shape[]): void {
    const width = shape?.at(-1) ?? 1;
    this.#kernel = this.addWeight("kernel", { shape: [2 * width, width], initializer: "he_normal" });
  }

  override call(x: Value): Value {
    const centred = ops.subtract(x, ops.mean(x, { axes: -1, keepDims: true }));
    const both = ops.concatenate([ops.relu(centred), ops.relu(ops.neg(centred))], -1);
    return this.#kernel === null ? both : ops.matmul(both, this.#kernel.value);
  }
}

/** Two inputs and two outputs, by name. */
export async function tickets(): Promise<readonly number[]> {
  const title = Input({ shape: [null], dtype: "int32", name: "title" });
  const tags = Input({ shape: [12], name: "tags" });
  const read = new layers.LSTM(32).apply(new layers.Embedding(1000, 16).apply(title));
  const joined = new layers.Concatenate().apply([read, tags]);
  const priority = new layers.Dense(1, { name: "priority", activation: "sigmoid" }).apply(joined);
  const department = new layers.Dense(4, { name: "department" }).apply(joined);
  const model = new Model({ title, tags }, { priority, department });
  model.compile({
    optimizer: "rmsprop",
    loss: { priority: new losses.BinaryCrossentropy(), department: "categorical_crossentropy" },
    lossWeights: { priority: 1, department: 0.2 },
    metrics: { priority: "auc", department: [new metrics.CategoricalAccuracy()] },
  });
  const results = await model.predict({ title: random.integers(0, 9, [2, 3]), tags: random.uniform([2, 12]) });
  return [results.priority.item(0, 0), results.department.item(0, 0)];
}

/** Where a classifier looks: Grad-CAM, and the gradient for the image. */
export async function heatmap(photo: Tensor): Promise<number[]> {
  const classifier = await loadModel("classifier.keras");
  const cut = new Model(classifier.input, [classifier.getLayer("conv").output, classifier.output]);
  const image = ops.constant(photo);
  const [features, scores] = cut.call(image);
  const slope = ops.gradients(ops.max(scores), features);
  const weights = ops.mean(slope, { axes: [1, 2], keepDims: true });
  const map = await compute(ops.relu(ops.sum(ops.multiply(features, weights), { axes: -1 })));
  const kernel: Variable = classifier.getLayer("head", layers.Dense).kernel;
  return [...map.data, kernel.size];
}

/** Fine-tuning inside a Sequential. */
export async function fineTune(base: Model): Promise<number> {
  for (const layer of base.layers.slice(0, -2)) layer.trainable = false;
  const model = new Sequential([Input({ shape: [32, 32, 3] }), base, new layers.GlobalAveragePooling2D()]);
  model.add(new layers.Dense(1));
  model.compile({ optimizer: "adam", loss: "binary_crossentropy", metrics: ["accuracy"] });
  const { accuracy = 0 } = await model.evaluate(random.uniform([4, 32, 32, 3]), [0, 1, 0, 1]);
  model.optimizer.learningRate.assign(model.optimizer.learningRate.numpy() / 10);
  return accuracy;
}

// Compiled, never run: models, data, and what comes back.
import {
  data,
  type History,
  Input,
  type Logs,
  layers,
  loadModel,
  Model,
  type NestedNumbers,
  random,
  Sequential,
  setRandomSeed,
  Tensor,
  type TensorLike,
} from "pawl";

setRandomSeed(7);

// Several inputs and outputs, shared layers, models as layers.
const words = Input({ shape: [12], dtype: "int32", name: "words" });
const image = Input({ shape: [8, 8, 1], name: "image" });
const embedded = new layers.Embedding(100, 4).apply(words);
const pooled = new layers.GlobalAveragePooling1D().apply(embedded);
const flat = new layers.Flatten().apply(image);
const joined = new layers.Concatenate().apply([pooled, flat]);
const shared = new layers.Dense(4, { activation: "relu" });
const twice = new layers.Add().apply([shared.apply(joined), shared.apply(joined)]);
const encoder = new Model([words, image], twice, { name: "encoder" });
const code: layers.KerasTensor = encoder.apply([words, image]);
const model = new Model(
  { words, image },
  { label: new layers.Dense(3, { activation: "softmax" }).apply(code), size: new layers.Dense(1).apply(code) },
);
const shape: readonly (number | null)[] = code.shape;
const name: string = model.name;
const parameters: number = model.countParams();
// @ts-expect-error layers take Keras tensors, not data
shared.apply(new Tensor([1], [1]));
// @ts-expect-error apply wants something
shared.apply();

const sequential = new Sequential([Input({ shape: [4] }), new layers.Dense(2)], { name: "small" });
sequential.add(new layers.Dropout(0.5));
const last: layers.Layer = sequential.pop();
last.trainable = false;
// @ts-expect-error no layer
sequential.add("dense");

// Tensors
const t: Tensor = new Tensor([1, 2, 3, 4], [2, 2], "int32");
const fromNested: Tensor = Tensor.from([
  [1, 2],
  [3, 4],
]);
const fromTyped: Tensor = Tensor.from(new Float64Array(4));
const typed: Tensor = new Tensor(new BigInt64Array(2));
const like: TensorLike = { data: new Uint8Array(4), shape: [2, 2] };
const nested: NestedNumbers = t.tolist();
const one: number = t.slice(0, 1).item();
const rows: readonly number[] = t.shape;
// @ts-expect-error a dtype there is not
new Tensor([1], [1], "float31");
// @ts-expect-error shapes are numbers
new Tensor([1], ["1"]);

async function train(): Promise<Record<string, unknown>> {
  const x = random.normal([32, 4]);
  const y = random.integers(0, 2, [32]);

  const history: History = await sequential.fit(x, y, { epochs: 2, batchSize: 8, validationSplit: 0.25 });
  const losses: number[] | undefined = history.history["loss"];
  const epochs: number[] = history.epoch;
  const interrupted: boolean = history.interrupted;

  await sequential.fit([[1, 2, 3, 4]], [[1, 0]]);
  await sequential.fit(new Float32Array(4), [1, 2, 3, 4]);
  await model.fit({ words: t, image: x }, { label: y, size: y }, { sampleWeight: { label: [1], size: null } });
  await model.fit([t, x], [y, null], {
    validationData: [
      [t, x],
      [y, y],
    ],
  });
  await sequential.fit(x, y, { validationData: [x, y, [1, 1]], classWeight: new Map([[0, 0.5]]), verbose: 0 });
  await sequential.fit(x, y, { run: "runs/a" });
  await sequential.fit(x, y, { run: { dir: "runs/a", onChange: "fork", every: { steps: 10 } } });
  await sequential.fit(x, y, { resume: true, shuffle: "batch", stepsPerEpoch: 3 });

  // Data that comes in batches.
  await sequential.fit(
    function* () {
      yield [x, y] as const;
    },
    { epochs: 2, stepsPerEpoch: 3 },
  );
  await sequential.fit(
    async function* () {
      yield { x, y, sampleWeight: null };
    },
    { validationData: [x, y] },
  );
  await sequential.fit(new data.ArrayDataset({ x: [x], y: [y], sampleWeight: null }), { epochs: 1 });
  await sequential.evaluate(new data.ArrayDataset({ x: [x], y: [y], sampleWeight: null }), { batchSize: 4 });

  const logs: Logs = await sequential.evaluate(x, y, { batchSize: 4, verbose: 0 });
  const loss: number | undefined = logs["loss"];
  const output: Tensor | Tensor[] = await sequential.predict(x, { batchSize: 5 });
  const step: Logs = await sequential.trainOnBatch(x, y, { sampleWeight: [1, 1] });
  await sequential.testOnBatch(x, y);
  await sequential.predictOnBatch(x);

  const weights: Tensor[] = await sequential.getWeights();
  await sequential.setWeights(weights);
  const rate: number = sequential.optimizer.learningRate.numpy();
  sequential.optimizer.learningRate.assign(rate / 10);
  await sequential.save("model.keras", { overwrite: false });
  await sequential.saveWeights("model.weights.h5");
  await sequential.loadWeights("model.weights.h5");
  const loaded: Model = await loadModel("model.keras", { compile: false, customObjects: {} });
  sequential.summary();

  // @ts-expect-error a verbosity there is not
  await sequential.fit(x, y, { verbose: 3 });
  // @ts-expect-error Keras's spelling
  await sequential.fit(x, y, { batch_size: 3 });
  // @ts-expect-error a misspelled option
  await sequential.evaluate(x, y, { batchsize: 3 });
  // @ts-expect-error a number is no data set
  await sequential.fit(x, y, { validationData: 3 });
  // @ts-expect-error shuffle is true, false or "batch"
  await sequential.fit(x, y, { shuffle: "batches" });
  // @ts-expect-error what to do with a changed run has three names
  await sequential.fit(x, y, { run: { dir: "a", onChange: "ignore" } });
  // @ts-expect-error fit is asynchronous
  const wrong: History = sequential.fit(x, y);

  return { epochs, interrupted, loaded, loss, losses, output, step, wrong };
}

export { fromNested, fromTyped, like, name, nested, one, parameters, rows, shape, train, typed };

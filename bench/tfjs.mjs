import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { data, serve, workloads } from "./protocol.mjs";

const require = createRequire(import.meta.url);
const tf = require("@tensorflow/tfjs");
const wasm = require("@tensorflow/tfjs-backend-wasm");
wasm.setWasmPaths(`${join(dirname(require.resolve("@tensorflow/tfjs-backend-wasm/package.json")), "dist")}/`);
console.warn = () => {};

// Its WASM backend lacks gradients of convolutions; its plain JavaScript one has them, at minutes a step.
await tf.setBackend("wasm");
await tf.ready();

function build(name) {
  const { layers } = tf;
  if (name === "seed") {
    return [
      layers.dense({ units: 10, activation: "relu", inputShape: [10] }),
      layers.dense({ units: 1, activation: "sigmoid" }),
    ];
  }
  if (name === "mlp") {
    return [
      layers.dense({ units: 512, activation: "relu", inputShape: [784] }),
      layers.dense({ units: 512, activation: "relu" }),
      layers.dense({ units: 10, activation: "softmax" }),
    ];
  }
  return [
    layers.conv2d({ filters: 32, kernelSize: 3, activation: "relu", inputShape: [28, 28, 1] }),
    layers.maxPooling2d({ poolSize: 2 }),
    layers.conv2d({ filters: 64, kernelSize: 3, activation: "relu" }),
    layers.maxPooling2d({ poolSize: 2 }),
    layers.flatten(),
    layers.dropout({ rate: 0.5 }),
    layers.dense({ units: 10, activation: "softmax" }),
  ];
}

async function prepare(name, workload) {
  const { x, xShape, y, rows } = data(workload);
  const model = tf.sequential({ layers: build(name) });
  const binary = name === "seed";
  model.compile({
    optimizer: "adam",
    loss: binary ? "binaryCrossentropy" : "sparseCategoricalCrossentropy",
    metrics: ["accuracy"],
  });
  const inputs = tf.tensor(x, xShape);
  const labels = binary ? tf.tensor(Float32Array.from(y), [rows, 1]) : tf.tensor(Float32Array.from(y), [rows, 1]);
  const train = () =>
    model.fit(inputs, labels, { batchSize: workload.batch, epochs: 1, verbose: 0, yieldEvery: "never" });
  await model.trainOnBatch(inputs.slice(0, workload.batch), labels.slice(0, workload.batch));
  return train;
}

// It is slow enough that few steps are enough to time it.
for (const workload of Object.values(workloads)) workload.steps = Math.max(2, Math.floor(workload.steps / 8));

serve({ "TensorFlow.js": tf.version.tfjs }, prepare);

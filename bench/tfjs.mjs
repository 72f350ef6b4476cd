import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { camel, dataOf, definition, serve, training, wire } from "./protocol.mjs";

const require = createRequire(import.meta.url);
const start = performance.now();
const tf = require("@tensorflow/tfjs");
const wasm = require("@tensorflow/tfjs-backend-wasm");
const importMs = performance.now() - start;
wasm.setWasmPaths(`${join(dirname(require.resolve("@tensorflow/tfjs-backend-wasm/package.json")), "dist")}/`);
console.warn = () => {};

// Its WASM backend lacks gradients of convolutions; its plain JavaScript one has them, at minutes a step.
await tf.setBackend("wasm");
await tf.ready();

function make(name, options) {
  const layer = tf.layers[name[0].toLowerCase() + name.slice(1).replace("D", "d")] ?? tf.layers[name.toLowerCase()];
  if (layer === undefined) throw new Error(`no layer ${name}`);
  return layer(camel(options));
}

function build(model) {
  const inputs = model.inputs.map(({ shape, below, positions }) =>
    tf.input({ shape, dtype: below || positions ? "int32" : "float32" }),
  );
  const outputs = wire(model, inputs, make, (layer, given) => layer.apply(given));
  const built = tf.model({ inputs, outputs });
  const loss = model.loss === "binary_crossentropy" ? "binaryCrossentropy" : "sparseCategoricalCrossentropy";
  built.compile({ optimizer: "adam", loss, metrics: ["accuracy"] });
  return built;
}

function tensors(model, steps) {
  const { x, y } = dataOf(model, steps);
  const inputs = x.map(({ data, shape }) => tf.tensor(data, shape, data instanceof Int32Array ? "int32" : "float32"));
  return [inputs.length === 1 ? inputs[0] : inputs, tf.tensor(Float32Array.from(y.data), [...y.shape, 1])];
}

function prepare(model, steps) {
  const built = build(model);
  const [x, y] = tensors(model, steps);
  return () => built.fit(x, y, { batchSize: model.batch, epochs: 1, verbose: 0, yieldEvery: "never" });
}

serve(
  { versions: { "TensorFlow.js": tf.version.tfjs }, importMs },
  {
    train: training(prepare),
    first: async ({ model }) => void (await build(definition(model)).trainOnBatch(...tensors(definition(model), 1))),
  },
);

// Saves models made of operations, with what they predict, for operations.py to open with real Keras. Uses the built library.
//
//   node interop/operations-side.mjs FOLDER            saves them: selected ones, and those of operations-walk.mjs
//   node interop/operations-side.mjs FOLDER --again    opens what Keras saved again
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { activations, Input, layers, loadModel, Model, ops, Sequential, Tensor } from "../dist/index.js";
import { dataOf } from "./operations-cases.mjs";
import { walk } from "./operations-walk.mjs";

const folder = process.argv[2];
mkdirSync(folder, { recursive: true });
const image = [6, 4, 2];
const kernel = new Tensor(
  Float32Array.from({ length: 24 }, (_, i) => i / 10),
  [2, 3, 2, 2],
);
const inner = () => {
  const x = Input({ shape: [4] });
  return new Model(x, ops.multiply(ops.add(x, 1), [1, 2, 3, 4]), { name: "inner" });
};

/** Keras 3.15 cannot compute its ConvTranspose: it gives the padding where the output padding belongs. */
/** label: [shapes of the inputs, the model's function]; what Keras has no operation for is written with several. */
const CASES = {
  take: [[[4]], (x) => ops.take(x, ops.argmax(x, -1))],
  gather: [
    [[2]],
    (x) =>
      ops.gather(
        [
          [1, 2],
          [3, 4],
          [5, 6],
        ],
        ops.cast(ops.greater(x, 0), "int32"),
      ),
  ],
  scatterAdd: [[[4]], (x) => ops.add(x, ops.scatterAdd(ops.cast(ops.greater(x, 0), "int32"), x, 4))],
  sortDescending: [[[4]], (x) => ops.sortDescending(x)],
  argsort: [[[4]], (x) => ops.argsort(x, { descending: true })],
  topK: [[[4]], (x) => Object.values(ops.topK(x, 3))],
  takeAlongAxis: [[[4]], (x) => ops.takeAlongAxis(x, ops.argsort(x))],
  flatten2d: [[[3, 2]], (x) => ops.flatten2d(x)],
  "cumsum, exclusive and reverse": [[[3, 4]], (x) => ops.cumsum(x, 1, { exclusive: true, reverse: true })],
  "conv, padded": [
    [image],
    (x) =>
      ops.conv(x, kernel, {
        padding: [
          [1, 0],
          [0, 2],
        ],
        strides: 2,
      }),
  ],
  "conv, same": [[image], (x) => ops.conv(x, kernel, { padding: "same", dilations: 2 })],
  maxPool: [[image], (x) => ops.maxPool(x, { poolSize: [2, 2] })],
  averagePool: [[image], (x) => ops.averagePool(x, { poolSize: [2, 2], strides: 1, padding: "same" })],
  l2Norm: [[[3, 4]], (x) => ops.l2Norm(x, { axes: [1, 2] })],
  norm: [[[3, 4]], (x) => ops.norm(x, { axes: [-1], keepDims: true })],
  matmul: [
    [
      [3, 4],
      [3, 5],
    ],
    (x, y) => ops.matmul(x, y, { transposeA: true }),
  ],
  clip: [[[4], [4]], (x, y) => ops.clip(x, ops.minimum(y, 0), ops.maximum(y, 0))],
  "minus infinity": [[[4]], (x) => ops.max(ops.where(ops.greater(x, 0), x, Number.NEGATIVE_INFINITY), { axes: -1 })],
  slice: [[[5, 4]], (x) => ops.slice(x, 1, -4, -1, 2)],
  split: [[[4]], (x) => ops.split(x, 2, -1)],
  stack: [[[4], [4]], (x, y) => ops.stack([x, y], -1)],
  tile: [[[3, 4]], (x) => ops.tile(ops.repeat(x, 2, 1), 2, -1)],
  mish: [[[4]], (x) => activations.mish(x)],
  hardSwish: [[[4]], (x) => activations.hard_swish(activations.gelu(x))],
  softmax: [[[4, 3]], (x) => activations.softmax(activations.log_softmax(x), { axis: 1 })],
  "rows and all": [[[4]], (x) => ops.subtract(x, ops.mean(x, { axes: 0 }))],
  nested: [[[4]], (x) => ops.relu(inner().apply(new layers.Dense(4).apply(x)))],
  shared: [
    [[4], [4]],
    (x, y) => {
      const m = inner();
      return ops.add(m.apply(x), m.apply(y));
    },
  ],
  "in a Sequential": [[[4]], (x) => new Sequential([inner(), new layers.Dense(2)]).apply(ops.square(x))],
};

/** The models above as those of the walk: what they compute on, and how to make inputs and outputs. */
const selected = Object.entries(CASES).map(([label, [shapes, make]]) => ({
  label,
  data: shapes.map((shape, k) => {
    const size = shape.reduce((n, dim) => n * dim, 3);
    return new Tensor(
      Float32Array.from({ length: size }, (_, i) => Math.sin(i * 1.7 + k + 0.3) * 2),
      [3, ...shape],
    );
  }),
  make: () => {
    const xs = shapes.map((shape) => Input({ shape }));
    return [xs, make(...xs)];
  },
}));

/** JSON has neither NaN nor infinities, nor a zero below zero. */
const numberToJson = (x) => (Object.is(x, -0) ? "-0" : Number.isFinite(x) ? x : String(x));
const plain = ({ shape, dtype, data }) => ({ shape, dtype, data: Array.from(data, numberToJson) });
async function predicted(model, data) {
  const made = await model.predictOnBatch(data.length === 1 ? data[0] : data);
  model.dispose();
  return (Array.isArray(made) ? made : [made]).map(plain);
}
const write = (name, told) => writeFileSync(join(folder, name), JSON.stringify(told));

if (process.argv.includes("--again")) {
  // What Keras saved again, and the inputs.
  const told = {};
  const given = JSON.parse(readFileSync(join(folder, "operations.json"), "utf8"));
  for (const [label, { again, inputs }] of Object.entries(given)) {
    const file = join(folder, again);
    if (!existsSync(file)) continue;
    try {
      told[label] = { outputs: await predicted(await loadModel(file), inputs.map(dataOf)) };
    } catch (error) {
      told[label] = { error: error.message };
    }
  }
  write("again.json", told);
} else {
  const told = {};
  for (const [k, { label, data, make }] of [...selected, ...(await walk(folder))].entries()) {
    const file = `${k}.keras`;
    const about = { file, again: `${k}-again.keras`, inputs: data.map(plain) };
    try {
      const [xs, made] = make();
      const model = new Model(xs.length === 1 ? xs[0] : xs, made);
      await model.save(join(folder, file));
      told[label] = { ...about, outputs: await predicted(model, data) };
    } catch (error) {
      told[label] = { ...about, error: error.message };
    }
  }
  write("operations.json", told);
}

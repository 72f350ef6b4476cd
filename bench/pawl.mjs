import { readFileSync } from "node:fs";
import { camel, dataOf, definition, serve, timed, training, wire } from "./protocol.mjs";

const start = performance.now();
const { Input, layers, loadModel, Model, Tensor } = await import("../dist/index.js");
const importMs = performance.now() - start;
const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

function make(name, given) {
  const Layer = layers[name];
  if (Layer === undefined) throw new Error(`no layer ${name}`);
  const options = camel(given);
  const first = Layer.positional?.map((key) => options[key]) ?? [];
  for (const key of Layer.positional ?? []) delete options[key];
  return new Layer(...first, options);
}

export function build(model) {
  const inputs = model.inputs.map(({ shape, below, positions }) =>
    Input({ shape, dtype: below || positions ? "int32" : "float32" }),
  );
  const built = new Model(
    inputs,
    wire(model, inputs, make, (layer, given, call) => layer.apply(given, camel(call))),
  );
  built.compile({ optimizer: "adam", loss: model.loss, metrics: ["accuracy"] });
  return built;
}

function tensors(model, steps) {
  const { x, y } = dataOf(model, steps);
  const inputs = x.map(({ data, shape }) => new Tensor(data, shape));
  return [inputs.length === 1 ? inputs[0] : inputs, new Tensor(y.data, y.shape)];
}

function prepare(model, steps) {
  const built = build(model);
  const [x, y] = tensors(model, steps);
  return () => built.fit(x, y, { batchSize: model.batch, epochs: 1, verbose: 0 });
}

const saved = new Map();
async function trained(name) {
  if (!saved.has(name)) {
    const built = build(definition(name));
    await built.trainOnBatch(...tensors(definition(name), 1));
    saved.set(name, built);
  }
  return saved.get(name);
}

serve(
  { versions: { Pawl: version }, importMs },
  {
    train: training(prepare),
    first: async ({ model }) => void (await build(definition(model)).trainOnBatch(...tensors(definition(model), 1))),
    save: async ({ model, path }) => {
      const built = await trained(model);
      return timed(() => built.save(path));
    },
    load: ({ path }) => timed(() => loadModel(path)),
  },
);

// Trains models of bench/ in four shards and prints the digest of each one's state and history.
//
//   node test/support/seven-program.mjs '{ "names": ["mlp"], "steps": 3, "isSmall": true, "folder": ".", "part": "all" }'
//
// `part`: "all" trains two epochs of `steps` each; "first" one, which it saves into `folder`; "second" loads that and
// trains the other; "parent" trains two epochs in a run folder; "fork" begins another one from the parent's first.
import { createHash } from "node:crypto";
import { join } from "node:path";
import { build, tensors } from "../../bench/pawl-model.mjs";
import { definition } from "../../bench/protocol.mjs";
import * as pawl from "../../dist/index.js";

const { names, steps, isSmall, folder, part } = JSON.parse(process.argv[2]);

/** The same layers, with a sixteenth of the units, classes and time steps; images half as high and wide. */
function shrink(model) {
  const less = (number) => (number > 16 ? Math.ceil(number / 16) : number);
  const options = ["units", "filters", "input_dim", "output_dim", "key_dim"];
  const smaller = (object, keys) =>
    Object.fromEntries(Object.entries(object).map(([key, value]) => [key, keys.includes(key) ? less(value) : value]));
  const size = (shape) => (shape.length === 3 ? [shape[0] / 2, shape[1] / 2, shape[2]] : shape.map(less));
  return {
    ...model,
    batch: 12,
    inputs: model.inputs.map((input) => ({ ...smaller(input, ["below"]), shape: size(input.shape) })),
    labels: {
      ...smaller(model.labels, ["classes"]),
      ...(model.labels.shape ? { shape: size(model.labels.shape) } : {}),
    },
    layers: model.layers.map((layer) => smaller(layer, options)),
  };
}

function digest(model) {
  const hash = createHash("sha256");
  for (const { data } of [...model.weights, ...model.optimizer.variables].map((one) => one.read()))
    hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  return hash.digest("hex");
}

/** A class with a call, whose argument is a layer. */
class Classed extends pawl.Model {
  static className = "Classed";
  constructor(first) {
    super();
    this.first = first;
    this.rest = [new pawl.layers.BatchNormalization(), [new pawl.layers.Dropout(0.3), new pawl.layers.Dense(3)]];
  }
  call(x) {
    const [norm, [drop, last]] = this.rest;
    return last.call(drop.call(norm.call(this.first.call(x))));
  }
}

function classed() {
  const model = new Classed(new pawl.layers.Dense(16, { activation: "relu" }));
  model.compile({ optimizer: "adam", loss: "mse", shards: 4 });
  return model;
}

const digests = {};
for (const name of names) {
  pawl.setRandomSeed(7);
  const isClass = name === "class";
  const model = isClass ? { batch: 12 } : isSmall ? shrink(definition(name)) : definition(name);
  const path = join(folder, `${name}.keras`);
  const trained =
    part === "second"
      ? await pawl.loadModel(path, { customObjects: { Classed } })
      : isClass
        ? classed()
        : await build(pawl, model, { shards: 4 });
  // Models of which the benchmark takes few steps take long.
  const count = Math.min(steps, 2 * (model.steps ?? steps));
  const rows = model.batch * count;
  const [x, y] = isClass
    ? [pawl.random.normal([rows, 6], { seed: 1 }), pawl.random.normal([rows, 3], { seed: 2 })]
    : tensors(pawl, model, count);
  const [initialEpoch, epochs] = { first: [0, 1], second: [1, 2] }[part] ?? [0, 2];
  const parent = join(folder, `${name}-parent`);
  const keep = { last: 9, monitor: "loss" };
  const run = {
    parent: { dir: parent, keep },
    fork: { dir: join(folder, `${name}-fork`), from: `${parent}@epoch:1`, keep },
  }[part];
  const begin = run === undefined ? { initialEpoch } : { run };
  const { history } = await trained.fit(x, y, { batchSize: model.batch, ...begin, epochs, verbose: 0 });
  if (part === "first") await trained.save(path);
  digests[name] = { state: digest(trained), loss: history.loss.at(-1) };
}
console.log(JSON.stringify(digests));

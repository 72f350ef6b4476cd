// Pawl's half of classes.py: opens what Keras saved of the classes below, and saves its own. Uses the built library.
//
//   node interop/classes-side.mjs FOLDER

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Input, layers, loadModel, Model, metrics, ops, optimizers, Sequential, Tensor } from "../dist/index.js";
import { LOSS_TOLERANCE, largestDifference, PREDICTION_TOLERANCE } from "./compare.mjs";

const folder = process.argv[2];

class Plain extends Model {
  static className = "Plain";
  constructor(units, options = {}) {
    super(options);
    this.units = units;
    this.d1 = new layers.Dense(units, { activation: "tanh" });
    this.d2 = new layers.Dense(2);
  }
  call(x) {
    return this.d2.call(this.d1.call(x));
  }
}

class Bare extends Model {
  static className = "Bare";
  constructor(units) {
    super();
    this.units = units;
    this.d1 = new layers.Dense(units, { activation: "tanh" });
    this.d2 = new layers.Dense(2);
  }
  call(x) {
    return this.d2.call(this.d1.call(x));
  }
}

const dense = (units) => new layers.Dense(units);

class Listed extends Model {
  static className = "Listed";
  blocks = [dense(4), [dense(3), [dense(3)]], [1, 2], [dense(4)], dense(3)];
  byName = new Map([
    ["one", dense(2)],
    ["more", { two: dense(2) }],
  ]);
  call(x) {
    const [first, [second, [third]], , [fourth], last] = this.blocks;
    const row = [first, second, third, fourth, last, this.byName.get("one"), this.byName.get("more").two];
    return row.reduce((value, layer) => layer.call(value), x);
  }
}

class Nested extends Model {
  static className = "Nested";
  inner = new Plain(3);
  row = [new Plain(2), new Plain(4)];
  last = dense(2);
  call(x) {
    return this.last.call(this.row.reduce((value, model) => model.call(value), this.inner.call(x)));
  }
}

class Shared extends Model {
  static className = "Shared";
  b = new layers.Dense(3, { activation: "tanh" });
  a = [this.b, dense(3)];
  out = dense(2);
  call(x) {
    return this.out.call(this.b.call(this.a[1].call(this.a[0].call(x))));
  }
}

class Pair extends Model {
  static className = "Pair";
  constructor(generator, critic, again, heads, options = {}) {
    super(options);
    this.generator = generator;
    this.critic = critic;
    this.again = again;
    this.heads = heads;
  }
  call(x) {
    const made = this.critic.call(this.again.call(this.generator.call(x)));
    return this.heads.reduce((value, head) => head.call(value), made);
  }
}

class Tracked extends Model {
  static className = "Tracked";
  d = dense(2);
  error = new metrics.MeanSquaredError({ name: "error" });
  seen = [new metrics.MeanAbsoluteError({ name: "seen" })];
  call(x) {
    return this.d.call(x);
  }
  trainStep({ x, y }, step) {
    const yPred = this.call(x);
    const loss = ops.multiply(ops.mean(ops.square(ops.subtract(y, yPred))), 2);
    step.minimize(loss);
    step.measure(this.error, y, yPred);
    step.measure(this.seen[0], y, yPred);
    return { twice: loss };
  }
}

class Records extends Model {
  static className = "Records";
  d = dense(2);
  call({ left, right }) {
    return ops.subtract(this.d.call(right), left);
  }
}

class Shifted extends Model {
  static className = "Shifted";
  d = dense(2);
  drop = new layers.Dropout(0);
  build() {
    this.shift = this.addWeight("shift", { shape: [2], initializer: "ones" });
  }
  call(x) {
    return ops.add(this.drop.call(this.d.call(x)), this.shift.value);
  }
}

class Two extends Model {
  static className = "Two";
  a = dense(3);
  b = dense(2);
  call(x) {
    return this.b.call(this.a.call(x));
  }
  trainStep({ x, y }, step) {
    const loss = ops.mean(ops.square(ops.subtract(y, this.call(x))));
    const [a, b] = [this.a.trainableWeights, this.b.trainableWeights];
    const gradients = ops.gradients(loss, [...a, ...b]);
    step.apply("a", gradients.slice(0, a.length), a);
    step.apply("b", gradients.slice(a.length), b);
    return { loss };
  }
}

for (const cls of [Plain, Bare, Listed, Nested, Shared, Pair, Tracked, Records, Shifted, Two])
  layers.register(cls, "twins");

const CASES = {
  plain: () => new Plain(5),
  bare: () => new Bare(5),
  listed: () => new Listed(),
  nested: () => new Nested(),
  shared: () => new Shared(),
  pair() {
    const hidden = new layers.Dense(3, { activation: "tanh", inputShape: [3] });
    const generator = new Sequential([hidden], { name: "generator" });
    return new Pair(generator, new Plain(4), generator, [dense(3), dense(2)]);
  },
  tracked: () => new Tracked(),
  records: () => new Records(),
  shifted: () => new Shifted(),
  inside() {
    const x = Input({ shape: [3] });
    const [left, right] = [dense(2).apply(x), dense(4).apply(x)];
    return new Model(x, new Plain(3, { name: "last" }).apply(new Records({ name: "both" }).apply({ right, left })));
  },
  two: () => new Two(),
};

const keras = JSON.parse(readFileSync(join(folder, "keras.json"), "utf8"));
const [x, y, left] = [keras.x, keras.y, keras.left].map((rows) => Tensor.from(rows));
const inputs = (name) => (name === "records" ? { left, right: x } : x);
const predict = async (name, model) => (await model.predict(inputs(name), { verbose: 0 })).tolist();

function compile(name, model) {
  const adam = () => new optimizers.Adam({ learningRate: 0.01 });
  if (name === "two") model.compile({ optimizer: { a: new optimizers.SGD({ learningRate: 0.1 }), b: adam() } });
  else model.compile({ optimizer: adam(), ...(name === "tracked" ? {} : { loss: "mse" }) });
}

async function train(name, model, initialEpoch, epochs) {
  const options = { batchSize: 8, initialEpoch, epochs, shuffle: false, verbose: 0 };
  return (await model.fit(inputs(name), y, options)).history;
}

async function load(name, path) {
  // Keras's .h5 do not say that two arguments are one layer.
  const isWhole = !path.endsWith(".weights.h5") && !(path.endsWith("pair.h5") && !path.includes("pawl_"));
  if (isWhole) return loadModel(path);
  const model = CASES[name]();
  await model.predict(inputs(name), { verbose: 0 });
  await model.loadWeights(path);
  return model;
}

const difference = (received, wanted) => largestDifference([received.flat()], [wanted.flat()]);

const results = [];
async function add(name, check, run, tolerance) {
  try {
    const off = await run();
    results.push({ name, check, ok: off <= tolerance, detail: `off by ${off.toExponential(1)}` });
  } catch (error) {
    results.push({ name, check, ok: false, detail: String(error?.message ?? error).slice(0, 400) });
  }
}

const ENDINGS = [".keras", ".weights.h5", ".h5"];
const told = {};
for (const [name, make] of Object.entries(CASES)) {
  const case_ = keras.cases[name];
  for (const ending of ENDINGS) {
    const path = join(folder, `${name}${ending}`);
    const opens = async () => {
      const model = await load(name, path);
      if (ending === ".keras" && !model.built) throw new Error("it is not built");
      return difference(await predict(name, model), case_.predictions);
    };
    await add(name, `Pawl opens ${ending} of Keras`, opens, PREDICTION_TOLERANCE);
    const trainsOn = async () => {
      const history = await train(name, await load(name, path), 1, 4);
      const keys = Object.keys(case_.history).sort();
      if (String(Object.keys(history).sort()) !== String(keys)) throw new Error(`logs ${Object.keys(history)}`);
      return largestDifference(
        keys.map((key) => history[key]),
        keys.map((key) => case_.history[key]),
      );
    };
    if (name !== "two" && ending !== ".weights.h5" && !(name === "pair" && ending === ".h5"))
      await add(name, `Pawl trains on from ${ending}`, trainsOn, LOSS_TOLERANCE);
  }
  const model = make();
  compile(name, model);
  await train(name, model, 0, 1);
  for (const ending of ENDINGS) {
    const path = join(folder, `pawl_${name}${ending}`);
    await (ending === ".weights.h5" ? model.saveWeights(path) : model.save(path));
  }
  told[name] = { predictions: await predict(name, model), history: await train(name, model, 1, 4) };
}
writeFileSync(join(folder, "pawl.json"), JSON.stringify({ results, cases: told }));

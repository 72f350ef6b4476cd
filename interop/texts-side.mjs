// Pawl's half of interop/texts.py: opens what Keras saved, writes it anew, and makes models of its own.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Input, layers, loadModel, Model, Sequential, Tensor, utils } from "../dist/index.js";

function check(what, actual, expected) {
  const numbers = expected.flat();
  const worst = Math.max(...numbers.map((value, i) => Math.abs(actual.data[i] - value)));
  if (!(worst < 1e-5)) throw new Error(`${what}: predictions differ by ${worst}`);
}

const [folder, what] = process.argv.slice(2);
if (what === "space") {
  const { columns, expected } = JSON.parse(readFileSync(join(folder, "space.json"), "utf8"));
  const space = await utils.FeatureSpace.load(join(folder, "space.keras"));
  check("space.keras", await space.call(columns), expected);
  await space.save(join(folder, "pawl-space.keras"));
  process.exit(0);
}
const { columns, models, predictions } = JSON.parse(readFileSync(join(folder, "job.json"), "utf8"));

const dtypes = { texts: "string", words: "string", numbers: "int64", floats: "float32" };
const column = (name) => new Tensor(columns[name], [columns[name].length, 1], dtypes[name]);
const inputs = (names) => (names.length === 1 ? column(names[0]) : names.map(column));

for (const [name, names] of Object.entries(models)) {
  const model = await loadModel(join(folder, `${name}.keras`));
  check(`${name}.keras`, await model.predict(inputs(names), { verbose: 0 }), predictions[name]);
  await model.save(join(folder, `again-${name}.keras`));
  await model.loadWeights(join(folder, `${name}.weights.h5`));
  check(`${name}.weights.h5`, await model.predict(inputs(names), { verbose: 0 }), predictions[name]);
}

const text = () => Input({ shape: [1], dtype: "string" });
const made = {
  async text_ids() {
    const vectorize = new layers.TextVectorization({ maxTokens: 12, outputSequenceLength: 4 });
    await vectorize.adapt(columns.texts);
    const rest = [new layers.Embedding(12, 3), new layers.Flatten(), new layers.Dense(2)];
    return new Sequential([text(), vectorize, ...rest]);
  },
  async text_tf_idf() {
    const vectorize = new layers.TextVectorization({ outputMode: "tf_idf", maxTokens: 9 });
    await vectorize.adapt(columns.texts);
    return new Sequential([text(), vectorize, new layers.Dense(2)]);
  },
  async features() {
    const all = {
      words: Input({ shape: [1], dtype: "string", name: "words" }),
      numbers: Input({ shape: [1], dtype: "int64", name: "numbers" }),
      floats: Input({ shape: [1], name: "floats" }),
    };
    const lookup = new layers.StringLookup({ outputMode: "one_hot" });
    const ids = new layers.IntegerLookup({ outputMode: "multi_hot" });
    const bins = new layers.Discretization({ numBins: 4 });
    const normalize = new layers.Normalization();
    await lookup.adapt(columns.words);
    await ids.adapt(columns.numbers);
    await bins.adapt(columns.floats);
    await normalize.adapt(column("floats"));
    const binned = bins.apply(all.floats);
    const parts = [
      lookup.apply(all.words),
      ids.apply(all.numbers),
      new layers.CategoryEncoding(4, { outputMode: "one_hot" }).apply(binned),
      normalize.apply(all.floats),
      new layers.Hashing(5, { outputMode: "one_hot" }).apply(all.words),
      new layers.HashedCrossing(6, { outputMode: "one_hot" }).apply([all.words, binned]),
    ];
    const joined = new layers.Concatenate().apply(parts);
    return new Model([all.words, all.numbers, all.floats], new layers.Dense(2).apply(joined));
  },
};

const results = {};
for (const [name, make] of Object.entries(made)) {
  const model = await make();
  model.compile({ optimizer: "adam", loss: "mse" });
  const zeros = Tensor.zeros([columns.texts.length, 2]);
  await model.fit(inputs(models[name]), zeros, { verbose: 0 });
  await model.save(join(folder, `pawl-${name}.keras`));
  results[name] = (await model.predict(inputs(models[name]), { verbose: 0 })).toArray();
}
writeFileSync(join(folder, "pawl.json"), JSON.stringify(results));

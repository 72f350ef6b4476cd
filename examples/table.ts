// A classifier for a table: numbers, categories and missing values of a CSV file (or of Parquet: data.parquet), and a model
// that keeps with it how they are prepared, so that it takes raw records wherever it is opened.
// The penguins of Palmer Station (Horst, Hill and Gorman, 2020; CC0).
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { data, layers, loadModel, Model, serve, setRandomSeed, utils } from "pawl";

setRandomSeed(1);
const file = join(dirname(fileURLToPath(import.meta.url)), "../../examples/data/penguins.csv");
const SPECIES = ["Adelie", "Chinstrap", "Gentoo"];
const fields = ["island", "billLength", "billDepth", "flipperLength", "bodyMass", "sex"];

const penguins = await (await data.csv(file, { fill: { sex: "unknown" } }))
  .filter(({ bodyMass }) => !Number.isNaN(bodyMass))
  .map((bird) => ({
    ...bird,
    y: SPECIES.indexOf(String(bird["species"])),
    sampleWeight: bird["sex"] === "unknown" ? 0.5 : 1,
  }))
  .cache();
const [training, validation] = await penguins.split(0.8, { stratify: "y" });

const numbers = Object.fromEntries(fields.slice(1, 5).map((name) => [name, "float_normalized" as const]));
const space = new utils.FeatureSpace({ island: "string_categorical", ...numbers, sex: "string_categorical" });
await space.adapt(training);
const hidden = new layers.Dense(16, { activation: "relu" }).apply(space.getEncodedFeatures());
const answer = new layers.Dense(3, { activation: "softmax" }).apply(hidden);
const model = new Model(space.getInputs(), answer);
model.compile({ optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"] });

const x = Object.fromEntries(fields.map((name) => [name, name]));
await model.fit(training.shuffle().batch(16, { x }), { epochs: 40, verbose: 0 });
const { accuracy } = await model.evaluate(validation.batch(64, { x }), { verbose: 0 });
console.log(`Right in ${(100 * accuracy!).toFixed(0)} % of ${validation.length} penguins that it has not seen`);

// Opened anew it takes raw records, alone or many at once.
await model.save("penguins.keras");
const server = serve(await loadModel("penguins.keras"), { maxBatch: 16 });
const bird = { island: "Biscoe", billLength: 46, billDepth: 14, flipperLength: 217, bodyMass: 5100, sex: "FEMALE" };
const chances = Array.from((await server.predict(bird)).data, Number);
const best = chances.indexOf(Math.max(...chances));
console.log(`A heavy one from Biscoe is a ${SPECIES[best]}`);
await server.close();

// A classifier for a table: numbers, categories and missing values of a CSV file, and a model that keeps with it how they are
// prepared, so that it takes raw records wherever it is opened.
// The penguins of Palmer Station (Horst, Hill and Gorman, 2020; CC0).
import { data, layers, loadModel, Model, serve, setRandomSeed, utils } from "pawl";

setRandomSeed(1);
const SPECIES = ["Adelie", "Chinstrap", "Gentoo"];
const file = new URL("../../examples/data/penguins.csv", import.meta.url);
const table = await data.csv(file, { fill: { sex: "unknown" } });
// Of a Parquet file: const table = await data.parquet("penguins.parquet", { fill: { sex: "unknown" } });
const known = table.filter(({ bodyMass }) => !Number.isNaN(bodyMass));
const penguins = known.map((bird) => ({ ...bird, y: SPECIES.indexOf(String(bird["species"])) }));
const [training, validation] = await (await penguins.cache()).split(0.8, { stratify: "y" });

const numbers = utils.FeatureSpace.each("float_normalized", ["billLength", "billDepth", "flipperLength", "bodyMass"]);
const space = new utils.FeatureSpace({ ...numbers, island: "string_categorical", sex: "string_categorical" });
await space.adapt(training);
const hidden = new layers.Dense(16, { activation: "relu" }).apply(space.getEncodedFeatures());
const model = new Model(space.getInputs(), new layers.Dense(3, { activation: "softmax" }).apply(hidden));
model.compile({ optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"] });
await model.fit(training.shuffle().batch(16, { x: space.fields }), { epochs: 40, verbose: 0 });
const { accuracy } = await model.evaluate(validation.batch(64, { x: space.fields }), { verbose: 0 });
console.log(`Right in ${(100 * accuracy!).toFixed(0)} % of ${validation.length} penguins that it has not seen`);
await model.save("penguins.keras");

// Opened anew it takes raw records, alone or many at once.
const server = serve(await loadModel("penguins.keras"), { maxBatch: 16 });
const bird = { island: "Biscoe", billLength: 46, billDepth: 14, flipperLength: 217, bodyMass: 5100, sex: "FEMALE" };
const chances = Array.from((await server.predict(bird)).data, Number);
console.log(`A heavy one from Biscoe is a ${SPECIES[chances.indexOf(Math.max(...chances))]}`);
await server.close();

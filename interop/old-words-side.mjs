// Pawl's half of old_words.py: opens what Keras 2 wrote, predicts the same, and writes it for Keras 3.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadModel, Tensor } from "../dist/index.js";

const [folder] = process.argv.slice(2);
const cases = JSON.parse(readFileSync(join(folder, "words.json"), "utf8"));
for (const [name, { x, shape, y }] of Object.entries(cases)) {
  for (const source of ["h5", "keras"]) {
    const model = await loadModel(join(folder, `${name}-2.${source}`));
    const { data } = await model.predict(new Tensor(Float32Array.from(x), shape), { verbose: 0 });
    const difference = Math.max(...y.map((value, i) => Math.abs(value - data[i])));
    if (!(difference < 2e-6)) throw new Error(`${name}.${source}: Pawl predicts otherwise: ${difference}`);
    for (const ending of [".keras", ".h5"]) await model.save(join(folder, `${name}-${source}${ending}`));
  }
}
console.log("Pawl predicts what Keras 2 does");
process.exit(0);

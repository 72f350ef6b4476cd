// Opens the files of dialects.py and says what it predicts, how it trains on, and what it warned of.
import { readFileSync, writeFileSync } from "node:fs";
import { loadModel, Tensor } from "../dist/index.js";

const [, , asked, answer] = process.argv;
const tensor = ({ data, shape, dtype }) => new Tensor(data, shape, dtype === "float64" ? "float32" : dtype);
const results = [];
for (const { path, x, y, steps } of JSON.parse(readFileSync(asked, "utf8"))) {
  const warnings = [];
  console.warn = (line) => warnings.push(String(line));
  try {
    const model = await loadModel(path);
    const before = [...(await model.predict(tensor(x), { verbose: 0 })).data];
    const losses = [];
    for (let step = 0; step < steps; step++) {
      const result = await model.trainOnBatch(tensor(x), tensor(y));
      losses.push(typeof result === "number" ? result : result.loss);
    }
    const after = [...(await model.predict(tensor(x), { verbose: 0 })).data];
    results.push({ before, losses, after, warnings });
  } catch (error) {
    results.push({ error: `${error.code ?? error.name}: ${error.message.slice(0, 400)}` });
  }
}
writeFileSync(answer, JSON.stringify(results));
process.exit(0);

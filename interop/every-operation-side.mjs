// Pawl's half of every_operation.py: the cases of the contract tests (test/contracts/ops) as functional models.
//
//   node interop/every-operation-side.mjs make FOLDER    saves them, with the numbers that Keras computed for the fixtures
//   node interop/every-operation-side.mjs back FOLDER    opens what Keras saved of them, and computes the same
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Input, loadModel, Model } from "../dist/index.js";
import { casesOnTensors, dataOf, fixture, hasRows } from "./operations-cases.mjs";

const [command, folder] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });

async function make() {
  const told = {};
  const refused = {};
  for (const [name, rows] of Object.entries(await casesOnTensors(folder))) {
    for (const row of rows) {
      const known = fixture[name]?.[row.label];
      if (known === undefined) continue;
      const label = `${name}, ${row.label}`;
      const fed = known.inputs.flatMap((_, i) => (hasRows(row, known.inputs, i) ? [i] : []));
      if (fed.length === 0) {
        refused[label] = "no operand has rows";
        continue;
      }
      try {
        const leaves = new Map(
          fed.map((i) => [
            i,
            Input({ shape: known.inputs[i].shape.slice(1), dtype: known.inputs[i].dtype, name: `x${i}` }),
          ]),
        );
        const result = row.call(...known.inputs.map((input, i) => leaves.get(i) ?? dataOf(input)));
        const model = new Model([...leaves.values()], result);
        const file = `${Object.keys(told).length}.keras`;
        await model.save(join(folder, file));
        told[label] = { file, fed };
      } catch (error) {
        refused[label] = String(error.message).slice(0, 300);
      }
    }
  }
  writeFileSync(join(folder, "told.json"), JSON.stringify({ told, refused }));
  console.log(`${Object.keys(told).length} models saved, ${Object.keys(refused).length} refused`);
}

async function back() {
  const saved = JSON.parse(readFileSync(join(folder, "saved.json"), "utf8"));
  const results = {};
  for (const [label, { file, inputs, output }] of Object.entries(saved)) {
    try {
      const model = await loadModel(join(folder, file), { compile: false });
      const given = inputs.map(dataOf);
      const result = await model.predictOnBatch(given.length === 1 ? given[0] : given);
      const got = Array.isArray(result) ? result[0] : result;
      const off = output.data.reduce((most, x, i) => {
        const [a, b] = [Number(x), Number(got.data[i])];
        return Object.is(a, b) || a === b ? most : Math.max(most, Math.abs(a - b) / Math.max(1, Math.abs(a)));
      }, 0);
      const isAlike = got.shape.join() === output.shape.join() && off <= 1e-4;
      results[label] = isAlike ? "" : `(${got.shape}) off by ${off.toExponential(1)}`;
    } catch (error) {
      results[label] = String(error.message).slice(0, 300);
    }
  }
  writeFileSync(join(folder, "back.json"), JSON.stringify(results));
}

await (command === "make" ? make() : back());

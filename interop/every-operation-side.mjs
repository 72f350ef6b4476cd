// Pawl's half of every_operation.py: the cases of the contract tests (test/contracts/ops) as functional models.
//
//   node interop/every-operation-side.mjs make FOLDER    saves them, with the numbers that Keras computed for the fixtures
//   node interop/every-operation-side.mjs back FOLDER    opens what Keras saved of them, and computes the same
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "rolldown";
import { Input, loadModel, Model, ops, Tensor } from "../dist/index.js";

const [command, folder] = process.argv.slice(2);
const here = import.meta.dirname;
const contracts = join(here, "../test/contracts");
mkdirSync(folder, { recursive: true });

/** The table of cases, whose operations are here those on tensors of a network. */
async function casesOnTensors() {
  globalThis.symbolicOps = ops;
  const names = Object.keys(ops).map((name, i) => `const v${i} = globalThis.symbolicOps[${JSON.stringify(name)}];`);
  const exported = Object.keys(ops).map((name, i) => `v${i} as ${JSON.stringify(name)}`);
  const shim = `${names.join("\n")}\nexport { ${exported.join(", ")} };`;
  const replaced = "symbolic-ops";
  await build({
    input: join(contracts, "ops.cases.ts"),
    logLevel: "silent",
    plugins: [
      {
        name: "operations-of-networks",
        resolveId: (source, importer) =>
          importer?.includes("contracts") && source.endsWith("src/ops/index.js") ? replaced : null,
        load: (id) => (id === replaced ? shim : null),
      },
    ],
    output: { file: join(folder, "cases.mjs") },
    platform: "node",
  });
  const { OP_CASES } = await import(pathToFileURL(join(folder, "cases.mjs")).href);
  return OP_CASES;
}

const ROWS = 3;
const fixture = Object.fromEntries(
  ["core", "fft", "general", "image", "linalg", "nn", "numpy"].flatMap((family) =>
    Object.entries(JSON.parse(readFileSync(join(here, `../test/fixtures/keras/ops/${family}.json`), "utf8"))),
  ),
);
const dataOf = ({ shape, dtype, data }) => new Tensor(data.map(Number), shape, dtype);

/** The same choice of operands that have rows as in test/contracts/op-runner.ts. */
function hasRows({ batch }, inputs, i) {
  const { shape } = inputs[i];
  const follows = shape[0] === ROWS && shape.length > 0 && inputs[0].shape[0] === ROWS;
  return batch === undefined
    ? follows && inputs.every((other) => other.shape.length <= shape.length)
    : batch.includes(i);
}

async function make() {
  const told = {};
  const refused = {};
  for (const [name, rows] of Object.entries(await casesOnTensors())) {
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

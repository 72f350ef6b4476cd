// The cases of the contract tests of all operations (test/contracts/ops), on tensors of a network of the built library
// instead of values of a graph: what the tests write once goes through real Keras too.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "rolldown";
import { ops, Tensor } from "../dist/index.js";

const root = join(import.meta.dirname, "..");

/** What a file of TypeScript exports. @param name of the file that is written into the folder */
async function exportsOf(input, folder, name, plugins = []) {
  const file = join(folder, `${name}.mjs`);
  await build({ input: join(root, input), logLevel: "silent", plugins, output: { file }, platform: "node" });
  return import(pathToFileURL(file).href);
}

/** What the cases import of the sources is the built library's here: its operations, and the class of their data. */
const BUILT = { "src/ops/index.js": ops, "src/core/tensor.js": { Tensor } };

/** A module that exports the members of one of the objects above. */
function moduleOf(path) {
  const names = Object.keys(BUILT[path]);
  const lines = names.map((name, i) => `const v${i} = globalThis.built["${path}"].${name};`);
  return `${lines.join("\n")}\nexport { ${names.map((name, i) => `v${i} as ${name}`).join(", ")} };`;
}

const builtLibrary = {
  name: "built-library",
  resolveId: (source, importer) =>
    importer?.includes("contracts") ? (Object.keys(BUILT).find((path) => source.endsWith(path)) ?? null) : null,
  load: (id) => (id in BUILT ? moduleOf(id) : null),
};

/** The table of cases, whose operations are here those on tensors of a network. */
export async function casesOnTensors(folder) {
  globalThis.built = BUILT;
  return (await exportsOf("test/contracts/ops.cases.ts", folder, "cases", [builtLibrary])).OP_CASES;
}

/** Names of operations that are no nodes of networks. */
export async function outsideNetworks(folder) {
  return (await exportsOf("src/layers/operations/outside.ts", folder, "outside")).OUTSIDE_NETWORKS;
}

const ROWS = 3;
/** Operands and results that real Keras computed, by operation and case. */
export const fixture = Object.fromEntries(
  ["core", "fft", "general", "image", "linalg", "nn", "numpy"].flatMap((family) =>
    Object.entries(JSON.parse(readFileSync(join(root, `test/fixtures/keras/ops/${family}.json`), "utf8"))),
  ),
);
export const dataOf = ({ shape, dtype, data }) => new Tensor(data.map(Number), shape, dtype);

/** The same choice of operands that have rows as in test/contracts/op-runner.ts. */
export function hasRows({ batch }, inputs, i) {
  const { shape } = inputs[i];
  const follows = shape[0] === ROWS && shape.length > 0 && inputs[0].shape[0] === ROWS;
  return batch === undefined
    ? follows && inputs.every((other) => other.shape.length <= shape.length)
    : batch.includes(i);
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { Json } from "../../src/core/stateful.js";
import { type H5Group, readHdf5 } from "../../src/formats/hdf5/index.js";
import { readZip } from "../../src/formats/zip/index.js";
import { loadModel } from "../../src/model/index.js";
import { kerasCases, kerasFile, temporaryFolder } from "./support.js";

const folder = temporaryFolder();
const files = Object.entries(kerasCases)
  .filter(([name]) => !/^(old|rewritten|deflated)/.test(name))
  .flatMap(([name, one]) => one.endings.map((ending) => [name, ending] as const));

/** Loads Keras's file into a model and saves that in the same format. */
async function saved(name: string, ending: string): Promise<{ keras: Uint8Array; pawl: Uint8Array }> {
  const path = join(folder, `${name}${ending}`);
  const whole = ending === ".weights.h5" ? kerasCases[name]!.endings.find((other) => other !== ending)! : ending;
  const model = await loadModel(kerasFile(`${name}${whole}`));
  await (ending === ".weights.h5" ? model.saveWeights(path) : model.save(path));
  return { keras: readFileSync(kerasFile(`${name}${ending}`)), pawl: readFileSync(path) };
}

/** All names, shapes and values of a tree, except Pawl's own. Step counters are int32 or int64 in Keras. */
function contents(group: H5Group, path = ""): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const [name, value] of group.attrs) {
    if (name === "backend" || name === "model_config" || name === "training_config") continue;
    out[`${path}@${name}`] = value;
  }
  for (const [name, { tensor }] of group.datasets) {
    const dtype = /^int/.test(tensor.dtype) ? "int" : tensor.dtype;
    out[`${path}/${name}`] = [dtype, tensor.shape, Array.from(tensor.data as ArrayLike<number>, Number)];
  }
  for (const [name, child] of group.groups) {
    if (path !== "" || name !== "pawl")
      Object.assign(out, { [`${path}/${name}`]: "group" }, contents(child, `${path}/${name}`));
  }
  return out;
}

const withoutIds = (json: string): Json =>
  JSON.parse(json, (key, value: Json) => (key === "shared_object_id" ? undefined : value)) as Json;

it.each(files)("%s%s: written as Keras writes it", async (name, ending) => {
  const { keras, pawl } = await saved(name, ending);
  if (ending === ".keras") {
    const [theirs, ours] = [await readZip(keras), await readZip(pawl)];
    expect([...ours.keys()].filter((entry) => !entry.startsWith("pawl/"))).toEqual([...theirs.keys()]);
    const configs = [theirs, ours].map((entries) => withoutIds(new TextDecoder().decode(entries.get("config.json"))));
    expect(withoutBuild(configs[1]!)).toEqual(withoutBuild(configs[0]!));
    const trees = await Promise.all([theirs, ours].map((entries) => readHdf5(entries.get("model.weights.h5")!)));
    expect(contents(trees[1]!)).toEqual(contents(trees[0]!));
    return;
  }
  const [theirs, ours] = await Promise.all([keras, pawl].map((bytes) => readHdf5(bytes)));
  expect(contents(ours!)).toEqual(contents(theirs!));
  if (ending === ".weights.h5") return;
  for (const attribute of ["model_config", "training_config"]) {
    const [their, our] = [theirs!, ours!].map((root) => withoutIds(root.attrs.get(attribute) as string));
    expect(our, attribute).toEqual(their);
  }
});

/** Optional parts: `build_config` of layers without weights, and the empty `compile_config` of nested models. */
function withoutBuild(json: Json): Json {
  return JSON.parse(JSON.stringify(json), (key, value: Json) =>
    key === "build_config" || (key === "compile_config" && JSON.stringify(value) === "{}") ? undefined : value,
  ) as Json;
}

it("writes losses with full names in .h5 files, since Keras knows no others there, and metrics as given", async () => {
  const model = await loadModel(kerasFile("old_frozen_and_regularized.h5"));
  model.compile({ optimizer: "sgd", loss: "MAE", metrics: ["mse"] });
  await model.save(join(folder, "names.h5"));
  const root = await readHdf5(readFileSync(join(folder, "names.h5")));
  expect(JSON.parse(root.attrs.get("training_config") as string)).toMatchObject({
    loss: "mean_absolute_error",
    metrics: ["mse"],
    optimizer_config: { class_name: "SGD" },
  });
});

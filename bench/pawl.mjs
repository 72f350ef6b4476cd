import { readFileSync } from "node:fs";
import { build, tensors } from "./pawl-model.mjs";
import { definition, serve, timed, training } from "./protocol.mjs";

const start = performance.now();
const pawl = await import("../dist/index.js");
const importMs = performance.now() - start;
const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

function prepare(model, steps) {
  const built = build(pawl, model);
  const [x, y] = tensors(pawl, model, steps);
  return () => built.fit(x, y, { batchSize: model.batch, epochs: 1, verbose: 0 });
}

async function trained(name) {
  const built = build(pawl, definition(name));
  await built.trainOnBatch(...tensors(pawl, definition(name), 1));
  return built;
}

const saved = new Map();

serve(
  { versions: { Pawl: version }, importMs },
  {
    train: training(prepare),
    first: async ({ model }) => void (await trained(model)),
    save: async ({ model, path }) => {
      if (!saved.has(model)) saved.set(model, await trained(model));
      return timed(() => saved.get(model).save(path));
    },
    load: ({ path }) => timed(() => pawl.loadModel(path)),
  },
);

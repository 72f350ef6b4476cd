import { readFileSync } from "node:fs";
import { ownSteps, withOwnStep } from "./own-steps.mjs";
import { build, tensors } from "./pawl-model.mjs";
import { definition, serve, timed, training } from "./protocol.mjs";

const start = performance.now();
const pawl = await import("../dist/index.js");
const importMs = performance.now() - start;
const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

async function prepare(model, steps, { name, isOwn }) {
  const options = { batchSize: model.batch, epochs: 1, verbose: 0 };
  if (model.own) {
    const made = ownSteps[name](pawl, model.batch, steps);
    return () => made.model.fit(made.x, null, options);
  }
  const built = await build(isOwn ? { ...pawl, Model: withOwnStep(pawl) } : pawl, model);
  const [x, y] = tensors(pawl, model, steps);
  return () => built.fit(x, y, options);
}

async function trained(name) {
  const built = await build(pawl, definition(name));
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

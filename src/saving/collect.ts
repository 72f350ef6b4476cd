import type { Tensor } from "../core/tensor.js";
import type { Variable } from "../engine/index.js";
import type { Optimizer } from "../optimizers/index.js";
import { encodeOptimizers } from "../training/run/all-optimizers.js";
import type { Savable } from "../training/step/savable.js";
import { mapWeights } from "./model-outline.js";
import { outlineModel } from "./outline.js";
import type { Collected, CollectedOptimizer, SeveralOptimizers } from "./types.js";

/**
 * Copies everything that files have of a model, without an await: what training does afterwards does not show. Each
 * variable is copied once, however many places of a file it gets.
 * @param weightsOnly without configs, so that nothing in the model needs a name
 * @param read how a variable is copied
 * @throws {StateError} when the model is not built
 * @throws {OptionError} when something in it has no name that a file could give it
 */
export function collectModel(
  model: Savable,
  weightsOnly: boolean,
  read: (variable: Variable) => Tensor = (variable) => variable.read(),
): Collected {
  const { optimizer } = model;
  const copies = new Map<Variable, Tensor>();
  const copy = (variable: Variable): Tensor => {
    let tensor = copies.get(variable);
    if (tensor === undefined) copies.set(variable, (tensor = read(variable)));
    return tensor;
  };
  return {
    ...mapWeights(outlineModel(model, weightsOnly), copy),
    optimizer:
      optimizer === null
        ? null
        : {
            name: optimizer.name,
            entries: optimizer.variables.map((entry) => ({
              name: entry.name,
              tensor: entry.variable === undefined ? entry.read() : copy(entry.variable),
            })),
            nested: nestedIn(optimizer),
          },
    several: model.optimizers.length > 1 ? severalOf(model, copy) : null,
    state: model.getTrainState(),
  };
}

function severalOf(model: Savable, copy: (variable: Variable) => Tensor): SeveralOptimizers {
  const { entries, parts } = encodeOptimizers(model);
  return {
    names: entries.map(({ name }) => name),
    tensors: entries.map((entry) => (entry.variable === undefined ? entry.read() : copy(entry.variable))),
    parts: parts ?? [],
    paths: model.network.weights.map(({ path }) => path),
  };
}

/** Where the entries of optimizers inside an optimizer stand among its own. */
function nestedIn(optimizer: Optimizer): CollectedOptimizer["nested"] {
  const own = optimizer.variables.length - sum(optimizer.inner.map(({ variables }) => variables.length));
  return Object.entries(optimizer.nested).map(([path, one]) => {
    const before = optimizer.inner.slice(0, optimizer.inner.indexOf(one));
    const from = own + sum(before.map(({ variables }) => variables.length));
    return { path, name: one.name, from, to: from + one.variables.length };
  });
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

import { StateError } from "../../core/errors.js";
import type { Json } from "../../core/stateful.js";
import type { Variable } from "../../engine/index.js";
import { carriedStates, type Layer } from "../../layers/index.js";
import { Optimizer } from "../../optimizers/index.js";
import { decodeModel, encodeModel, prepareModel } from "../run/model-state.js";
import { modelIdentity } from "../run/run-conditions.js";
import { Trainer } from "../step/trainer.js";
import { type Part, partName } from "./part.js";

/** The training side of a model, if the object is one. */
export function trainerOf(object: object): Trainer | null {
  const savable: unknown = "savable" in object ? object.savable : null;
  return savable instanceof Trainer ? savable : null;
}

/** The optimizers that a part has. */
export function optimizersOf(object: object): readonly Optimizer[] {
  if (object instanceof Optimizer) return [object as Optimizer];
  return trainerOf(object)?.optimizers.map(({ optimizer }) => optimizer) ?? [];
}

/** A model: weights, optimizer, training state, what its layers carry. @throws {StateError} before it is built */
export function modelPart(name: string, object: object, trainer: Trainer): Part {
  const { network, inUse } = trainer;
  const { compileArgs } = trainer;
  requireBuilt(name, network);
  const refuseAnew = (): void => {
    if (trainer.compileArgs === compileArgs) return;
    throw new StateError({
      code: "run-part-compiled",
      what: `${network.label}, ${partName(name)} of this run, was compiled since openRun, and a restart would not know`,
      fix: "Compile before openRun; learning rates can be set at any time with optimizer.learningRate.assign",
      data: { part: name },
    });
  };
  const identity = (): Json => modelIdentity(trainer);
  // Found anew for each save: to go through all layers at each step would cost more than the rest of a commit.
  let variables: readonly Variable[] | null = null;
  return {
    kind: "model",
    object,
    mayFail: false,
    identity,
    state() {
      variables = null;
      return encodeModel(trainer);
    },
    mark() {
      variables ??= variablesOf(trainer);
      return `${changesOf(variables)} ${trainer.iteration} ${trainer.optimizerSteps.join(" ")}`;
    },
    prepare: ({ value, before, where }) => prepareModel(trainer, decodeModel(value), before, identity(), where),
    checkIdle() {
      refuseAnew();
      if (!inUse.isTraining) return;
      throw new StateError({
        code: "commit-in-training",
        what: `${network.label}, ${partName(name)} of this run, is in training, so the step is not done`,
        fix: "Await fit or trainOnBatch before commit",
        data: { part: name },
      });
    },
  };
}

/** @throws {StateError} when a layer or model has no weights yet */
export function requireBuilt(name: string, layer: Layer): void {
  if (hasWeights(layer)) return;
  throw new StateError({
    code: "run-part-built",
    what: `${layer.label}, ${partName(name)} of this run, has no weights yet that could be saved or restored`,
    fix: "Give an inputShape (a model: to its first layer), or call build, before openRun",
    data: { part: name },
  });
}

/** A model of a class that only holds others has all its weights when they have theirs. */
function hasWeights(layer: Layer): boolean {
  return layer.built || (layer.sublayers.length > 0 && layer.sublayers.every(hasWeights));
}

function variablesOf({ network, optimizers }: Trainer): readonly Variable[] {
  const entries = optimizers.flatMap(({ optimizer }) => optimizer.variables);
  const own = entries.flatMap(({ variable }) => (variable === undefined ? [] : [variable]));
  return [...network.weights, ...carriedStates(network), ...own];
}

/** How often any of them has been set. */
export function changesOf(variables: readonly Variable[]): number {
  let sum = 0;
  for (const { changes } of variables) sum += changes;
  return sum;
}

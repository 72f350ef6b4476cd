import type { Config } from "../core/parts.js";
import type { Variable } from "../engine/index.js";
import { Layer } from "../layers/base/layer.js";
import { type LearningLayer, learningLayers } from "../layers/base/learned.js";
import { serialize } from "../layers/base/serialize.js";
import type { Functional } from "../network/index.js";
import type { Optimizer } from "../optimizers/index.js";
import type { CompileArgs } from "../training/compile/compile.js";
import type { Savable } from "../training/step/savable.js";
import { compileConfig, kerasCompileConfig, ownCompileConfig } from "./compile-config.js";
import { type ModelOutline, NO_CONFIGS } from "./model-outline.js";
import { type PlacedObject, placeObjects } from "./object-paths.js";

/** What files have of a model, with the variables themselves in the places of their contents. */
export type Outline = ModelOutline<Variable>;

/**
 * @param weightsOnly without what it takes to make the model again, so that nothing in it needs a name
 * @throws {StateError} when the model is not built
 * @throws {OptionError} when something in it has no name that a file could give it
 */
export function outlineModel({ network, compileArgs, optimizer }: Savable, weightsOnly = false): Outline {
  // Throws for a network whose input is not known yet: it has no weights that could be saved.
  network.requireBuilt();
  const placed = placeObjects(network);
  return {
    ...(weightsOnly ? NO_CONFIGS : configsOf(network, compileArgs)),
    label: network.label,
    name: network.name,
    ownCompile: compileArgs === null ? {} : { ...ownCompileConfig(compileArgs), ...trainedConfig(network, optimizer) },
    layers: network.layers.map((layer) => ({
      name: layer.name,
      weights: [...layer.trainableWeights, ...layer.nonTrainableWeights].map(
        (weight) => [weight.path, weight] as const,
      ),
    })),
    topLevel: network.ownWeights.map((weight) => [weight.path, weight] as const),
    objects: objectsOf(network, placed),
    frozen: placed.flatMap(({ path, owner }) => (owner instanceof Layer && !owner.trainable ? [path] : [])),
  };
}

/** Objects at their places; Keras keeps what some layers have learned at a second place. */
function objectsOf(network: Functional, placed: readonly PlacedObject[]): Outline["objects"] {
  const learning: readonly unknown[] = learningLayers(network);
  return placed.flatMap(({ path, owner, variables }) => {
    const object = { path, name: owner.name, weights: variables };
    const learns = learning.indexOf(owner);
    if (learns < 0) return [object];
    const places = (owner as LearningLayer).learnedPlaces ?? [];
    const further = places.map((place) => ({ path: `${path}/${place}`, name: place, weights: [], learns }));
    return [{ ...object, learns }, ...further];
  });
}

type Configs = Pick<Outline, keyof typeof NO_CONFIGS>;

function configsOf(network: Functional, compileArgs: CompileArgs | null): Configs {
  const kerasCompile = compileArgs === null ? null : kerasCompileConfig(compileArgs);
  return {
    model: { ...(serialize(network) as Config), ...(kerasCompile === null ? {} : { compile_config: kerasCompile }) },
    legacyModel: serialize(network, "legacy") as Config,
    compile: compileArgs === null ? null : compileConfig(compileArgs),
    kerasCompile,
  };
}

/** Which weights have slots and which are trained, when layers were frozen or thawed since: files must say it. */
function trainedConfig(network: Functional, optimizer: Optimizer | null): Config {
  if (optimizer === null) return {};
  const now = network.trainableWeights;
  const same = (weights: readonly Variable[]): boolean =>
    now.length === weights.length && now.every((weight, i) => weight === weights[i]);
  if (optimizer.trainable.length === 0 || (same(optimizer.trainable) && same(optimizer.active))) return {};
  const places = (weights: readonly Variable[]): number[] => weights.map((weight) => network.weights.indexOf(weight));
  return { with_slots: places(optimizer.trainable), trained: places(optimizer.active) };
}

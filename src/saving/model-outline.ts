import type { Config } from "../core/parts.js";

/**
 * A model as files have it: its configs, and the places of its weights. `W` is what stands for a weight: the variable
 * itself, a copy of it (what is written), or its index in the network's order (what run folders keep).
 */
export interface ModelOutline<W> {
  /** How messages call the model, e.g. `Sequential "mnist"`. */
  readonly label: string;
  /** The model's name; "" in descriptions that older versions wrote. */
  readonly name: string;
  /** Keras's dictionary of the model as `.keras` has it. */
  readonly model: Config;
  /** The same as `.h5` has it: class names and configs alone. */
  readonly legacyModel: Config;
  /** The compile config, with the names that the user gave; null for a model that is not compiled. */
  readonly compile: Config | null;
  /** The same without what Keras cannot read. */
  readonly kerasCompile: Config | null;
  /** Arguments of `compile` that Keras has no place for. */
  readonly ownCompile: Config;
  /** Top-level layers in the order of `.h5` files: trainable weights first, nested layers flattened. */
  readonly layers: readonly { readonly name: string; readonly weights: NamedWeights<W> }[];
  /** Weights that the model itself has, beside its layers. */
  readonly topLevel: NamedWeights<W>;
  /**
   * Own weights of each object at its place in `.weights.h5` and `.keras` files, e.g. "layers/dense_1". The name is for
   * people; matching goes by path.
   */
  readonly objects: readonly OutlinedObject<W>[];
  /** Paths of the layers whose `trainable` is false; configs do not have that of layers inside a class. */
  readonly frozen: readonly string[];
}

export interface OutlinedObject<W> {
  readonly path: string;
  readonly name: string;
  readonly weights: readonly W[];
  /** Which of the layers that learn from data it is; absent for others. */
  readonly learns?: number;
}

/** Weights with their paths. */
export type NamedWeights<W> = readonly (readonly [path: string, W])[];

/** The same outline with something else in the place of each weight. */
export function mapWeights<A, B>(outline: ModelOutline<A>, as: (weight: A) => B): ModelOutline<B> {
  const named = (weights: NamedWeights<A>): NamedWeights<B> => weights.map(([path, weight]) => [path, as(weight)]);
  return {
    ...outline,
    layers: outline.layers.map(({ name, weights }) => ({ name, weights: named(weights) })),
    topLevel: named(outline.topLevel),
    objects: outline.objects.map((object) => ({ ...object, weights: object.weights.map(as) })),
  };
}

/** What files of weights alone have in the place of configs. */
export const NO_CONFIGS: Pick<ModelOutline<never>, "model" | "legacyModel" | "compile" | "kerasCompile"> = {
  model: {},
  legacyModel: {},
  compile: null,
  kerasCompile: null,
};

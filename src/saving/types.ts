import type { Budget } from "../core/budget.js";
import type { Config } from "../core/parts.js";
import type { Age } from "../core/reading.js";
import type { Json, StateValue } from "../core/stateful.js";
import type { Tensor } from "../core/tensor.js";
import type { NamedTensor } from "../optimizers/index.js";
import type { StoredOptimizer, StoredOptimizers } from "../training/run/all-optimizers.js";
import type { ModelOutline } from "./model-outline.js";

/** A top-level layer's weights in the order of `.h5` files: trainable ones first, nested layers flattened. */
export interface LayerWeights {
  readonly name: string;
  readonly weights: readonly NamedTensor[];
}

/** A copy of everything that makes a model and its training, taken in one go; nothing in it changes any more. */
export interface Collected extends ModelOutline<Tensor> {
  /** The only optimizer; null where there is none, or several. */
  readonly optimizer: CollectedOptimizer | null;
  /** Several optimizers, for which Keras has no place. */
  readonly several: SeveralOptimizers | null;
  readonly state: StateValue | null;
}

export interface CollectedOptimizer {
  readonly name: string;
  /** In Keras 3's order. */
  readonly entries: readonly NamedTensor[];
  /** Optimizers inside it, by the place that files have for each, with their part of the entries. */
  readonly nested: readonly {
    readonly path: string;
    readonly name: string;
    readonly from: number;
    readonly to: number;
  }[];
}

/** Several optimizers in a file. */
export interface SeveralOptimizers extends StoredOptimizers {
  readonly parts: readonly StoredOptimizer[];
  /** Paths of the model's weights, by which slots are told apart. */
  readonly paths: readonly string[];
}

/** The weights in a file, as its layout has them. */
export type StoredWeights =
  | {
      readonly layout: "layers";
      readonly layers: readonly LayerWeights[];
      /** Weights that the model itself has. */
      readonly topLevel: readonly NamedTensor[];
    }
  | {
      readonly layout: "names";
      /** Whether they are those of TensorFlow.js, which begin with a layer; else paths in the model. */
      readonly scoped: boolean;
      readonly tensors: ReadonlyMap<string, Tensor>;
    }
  | { readonly layout: "paths"; readonly objects: ReadonlyMap<string, readonly Tensor[]> };

/** Who wrote a file, as far as it says. */
export interface Origin {
  /** For people, e.g. "HDF5". */
  readonly format: string;
  /** Whether the format has checksums of its own. */
  readonly hasChecksums: boolean;
  /** Whether it ends with Pawl's digest, which was verified then. */
  readonly digest: boolean;
  readonly pawl: string | null;
  readonly keras: string | null;
  /** What Keras ran on, e.g. "tensorflow" or "theano"; null where the file does not say. */
  readonly backend: string | null;
}

/** Weights by their places, where layers were frozen or thawed after `compile`. */
export interface Trained {
  readonly withSlots: readonly number[];
  readonly trained: readonly number[];
}

/** What a weights file or the weights part of a model file gives. */
export interface LoadedWeights {
  /** For messages. */
  readonly file: string;
  readonly origin: Origin;
  readonly weights: StoredWeights;
  /** The optimizer's variables, in the file's order; null when it has none. */
  readonly optimizer: readonly NamedTensor[] | null;
  /** Several optimizers of a model with its own step; null for others. */
  readonly several: SeveralOptimizers | null;
  /** Places in `network.weights` of those with slots and those that are trained; null: as `trainable` says. */
  readonly trained: Trained | null;
  /** Paths of the layers that were frozen; null where the file does not say. */
  readonly frozen: readonly string[] | null;
  /** What layers have learned from data, by their places, where Keras's format has it. */
  readonly learned: ReadonlyMap<string, StateValue>;
  /** Pawl's training state; null when the file has none, or lost it to an edit that was allowed. */
  readonly state: StateValue | null;
}

/** A whole model as a file describes it. */
export interface LoadedModel extends LoadedWeights {
  readonly className: string;
  /** Whose words its configs are in. */
  readonly age: Age;
  /** `{ class_name, config, … }` in the dialect of the Keras that wrote it. */
  readonly model: Config;
  /** Arguments for `compile`; null when the model was saved without. */
  readonly compile: StoredCompile | null;
  /** What reading the file has left for building the model. */
  readonly budget: Budget;
}

/** Arguments of `compile` as plain data: names, or Keras's dictionaries. */
export interface StoredCompile {
  readonly optimizer: Json;
  readonly loss: Json;
  readonly lossWeights: Json;
  readonly metrics: Json;
  readonly weightedMetrics: Json;
  readonly runEagerly: boolean;
  readonly stepsPerExecution: number;
  readonly jitCompile: boolean | "auto";
  readonly autoScaleLoss: boolean;
  readonly shards: number | "auto";
}

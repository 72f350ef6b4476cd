import type { StateValue } from "../../core/stateful.js";
import type { Variable } from "../../engine/index.js";
import type { Functional } from "../../network/index.js";
import type { Optimizer } from "../../optimizers/index.js";
import type { CompileArgs } from "../compile/compile.js";
import type { NamedOptimizer } from "../compile/compiled.js";
import type { RequestedSave } from "../hooks/callback.js";
import type { OwnSteps } from "./model-steps.js";

/** The part of a model that is saved to files. */
export interface Savable {
  /** The model's class in Keras, which decides the form of its config. */
  readonly className: "Sequential" | "Functional";
  readonly network: Functional;
  /** Null before `compile`. */
  readonly compileArgs: CompileArgs | null;
  /** The only optimizer; null before `compile`, and where there are several. Built when the model is built. */
  readonly optimizer: Optimizer | null;
  /** All optimizers; none before `compile`. */
  readonly optimizers: readonly NamedOptimizer[];
  /** Which steps the model says itself. */
  readonly own: OwnSteps;
  /** Makes the slots of optimizers for the weights that they train by name, before the model's own step says so. */
  bindOptimizers(trained: ReadonlyMap<string, readonly Variable[]>): void;
  /** Makes slots for `withSlots` and trains `trained`, whatever `trainable` says; the optimizer's state is lost. */
  setTrained(optimizer: Optimizer, withSlots: readonly Variable[], trained: readonly Variable[]): void;
  /** A copy of the rest of the training's state, see TrainState; before the first training, of the seed for it. */
  getTrainState(): StateValue;
  /**
   * Sets what {@link getTrainState} returned, for the next `fit` to go on from.
   * @throws {FormatError} when it is not such a state
   */
  setTrainState(state: StateValue): void;
}

/** Writes the files that callbacks ask for; model/ passes one to the loop. */
export interface SaveHandler {
  /** Resolves when there is memory for a copy of a model. */
  ready(): Promise<void>;
  /** Copies the model's state before the first await; resolves when the file is durable. */
  save(model: Savable, request: RequestedSave): Promise<void>;
}

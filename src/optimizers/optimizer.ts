import { StateError } from "../core/errors.js";
import { resolveOptions } from "../core/options.js";
import type { Json } from "../core/stateful.js";
import type { Variable } from "../engine/variable.js";
import type { Value } from "../graph/value.js";
import { applyUpdate } from "./apply.js";
import { type OptimizerEntry, variableEntry } from "./entry.js";
import { type LoadedEntries, loadEntries } from "./load-entries.js";
import type { NamedTensor } from "./named-tensor.js";
import { OptimizerRecord } from "./optimizer-record.js";
import type { OptimizerOptions } from "./options.js";
import { scaledState } from "./scaled-state.js";
import type { SlotSpec, StepScalars, UnusedSlot, UpdateRule } from "./slots.js";
import { buildState, type OptimizerState } from "./state.js";
import { type DecayExclusion, EXCLUSION } from "./weight-decay.js";

/** The scalars that a training program feeds to {@link Optimizer.apply} at each step. */
export interface ApplyScalars {
  /** float32: `optimizer.learningRate.at(optimizer.iteration)`. */
  readonly learningRate: Value;
  /** int32: `optimizer.iteration`, the steps made before this one. */
  readonly iteration: Value;
}

/** Some weights, and the optimizer that updates them. */
export interface PartOfUpdate {
  readonly optimizer: Optimizer;
  readonly params: readonly Variable[];
}

/**
 * Turns gradients into new weights. A leaf declares its slots and the rule for one weight; everything that all
 * optimizers share (accumulation, clipping, weight decay, averages, constraints) is done here, in Keras's order.
 * An optimizer never runs anything itself: it says, symbolically, what becomes of the weights and of its own state.
 *
 * `O` are its options, `S` the slots of one weight.
 */
export abstract class Optimizer<O extends OptimizerOptions = OptimizerOptions, S = object> extends OptimizerRecord<O> {
  /** Name in files; equal to the export's name. */
  static readonly className: string;
  #state: OptimizerState | null = null;
  #active: readonly number[] = [];
  #exclusion: DecayExclusion = {};

  /** Slots of each weight. Here: none. Those of one group are interleaved weight by weight in files; groups follow each other. */
  slotGroups(): readonly (readonly SlotSpec[])[] {
    return [];
  }

  /** The rule for one weight. Scalars that all weights share are computed once, before the rule is returned. */
  abstract rule(scalars: StepScalars, shared: Readonly<Record<string, Value>>): UpdateRule<S>;

  /** Scalars that belong to no weight. */
  sharedSlots(): readonly SlotSpec[] {
    return [];
  }

  /** Their values in an update, before the weights change; what {@link rule} gets. */
  updateShared(shared: Readonly<Record<string, Value>>, _scalars: StepScalars): Record<string, Value> {
    return { ...shared };
  }

  /** The shared scalars after a number of updates, for states that lack them: Keras 2 never saved any. */
  sharedAfter(_updates: number): Readonly<Record<string, number>> {
    return {};
  }

  /** Slots that these options do not use but some versions of Keras write anyway. */
  unusedSlots(): readonly UnusedSlot[] {
    return [];
  }

  /** How much a weight decays in each update, as `weightDecay` says; null: not at all. */
  decayOf(_param: Variable): number | null {
    return this.common.weightDecay;
  }

  /** Number of updates made in a number of steps. */
  updatesIn(steps: number): number {
    return Math.floor(steps / (this.common.gradientAccumulationSteps ?? 1));
  }

  /**
   * Those whose steps the loop counts, and counts back: this one, or those inside.
   * @internal
   */
  get counted(): readonly Optimizer[] {
    return [this as unknown as Optimizer];
  }

  /**
   * Those with a learning rate of their own: this one, or those inside.
   * @internal
   */
  get rated(): readonly Optimizer[] {
    return [this as unknown as Optimizer];
  }

  /** Optimizers inside this one, which make its updates. Here: none. */
  get inner(): readonly Optimizer[] {
    return [];
  }

  /**
   * Those of them that files have a place of their own for, by that place.
   * @internal
   */
  get nested(): Readonly<Record<string, Optimizer>> {
    return {};
  }

  /**
   * Which optimizer updates which of these weights: this one all of them, or those inside their parts.
   * @internal
   */
  partsOf(params: readonly Variable[]): readonly PartOfUpdate[] {
    return [{ optimizer: this as unknown as Optimizer, params }];
  }

  get built(): boolean {
    return this.#state !== null;
  }

  /** All state in Keras 3's order: iteration, learning rate, averages, accumulators, slots. */
  get variables(): readonly OptimizerEntry[] {
    const rate = this.learningRate.variable;
    const own = this.#state?.ordered ?? [];
    return [this.iterationEntry, ...(rate === null ? [] : [rate]).map(variableEntry), ...own.map(variableEntry)];
  }

  /** Moving averages of the weights, in the order they were built in; empty without `useEma`. */
  get averages(): readonly Variable[] {
    return this.#state?.averages ?? [];
  }

  /** The weights that the optimizer was built for and has slots of. */
  get trainable(): readonly Variable[] {
    return this.#state?.params ?? [];
  }

  /**
   * Those of them that {@link apply} updates.
   * @internal
   */
  get active(): readonly Variable[] {
    return this.#active.map((index) => this.trainable[index]!);
  }

  /**
   * Leaves variables out of weight decay. Only before the optimizer is built.
   * @throws {StateError} afterwards
   */
  excludeFromWeightDecay(exclusion: DecayExclusion): void {
    if (this.built) {
      throw new StateError({
        code: "optimizer-built",
        what: `${this.name} is built, so its weight decay cannot change any more`,
        fix: "Call excludeFromWeightDecay before training",
      });
    }
    this.#exclusion = resolveOptions(`excludeFromWeightDecay of ${this.name}`, EXCLUSION, exclusion);
  }

  /**
   * Makes the slots of the weights that will be trained. Called again with some of these weights, it narrows
   * {@link apply} to them and keeps all slots.
   * @throws {StateError} when built for other weights
   */
  build(trainable: readonly Variable[]): void {
    this.#state ??= buildState(this, trainable);
    const { params } = this.#state;
    this.#active = trainable.map((variable) => {
      const index = params.indexOf(variable);
      if (index < 0) {
        throw new StateError({
          code: "optimizer-other-variables",
          what: `${this.name} was built for other variables than "${variable.path}"`,
          received: variable.path,
          expected: `some of ${params.map((param) => param.path).join(", ")}`,
          fix: "Compile with a new optimizer",
          data: { variable: variable.path },
        });
      }
      return index;
    });
  }

  /**
   * Forgets all slots and makes those of other weights, to take the state of a file that has them.
   * @internal
   */
  rebuild(trainable: readonly Variable[]): void {
    this.#state = null;
    this.build(trainable);
  }

  /**
   * The weights and all state of the optimizer after one step: accumulation, clipping, weight decay, update, averages,
   * constraints.
   * @param gradients one for each variable of {@link build}, those of the whole batch (after allSum)
   * @throws {StateError} when not built, or built for another number of weights
   */
  apply(gradients: readonly Value[], scalars: ApplyScalars): Map<Variable, Value> {
    const state = this.#state;
    if (state === null || gradients.length !== this.#active.length) {
      throw new StateError({
        code: "optimizer-gradients",
        what: state === null ? `${this.name} is not built` : `${this.name} needs one gradient for each of its weights`,
        received: `${gradients.length} gradients`,
        expected: state === null ? "a call of build(trainableVariables) first" : `${this.#active.length}`,
      });
    }
    return applyUpdate(this, state, this.#active, this.#exclusion, gradients, scalars);
  }

  /** Whether the optimizer keeps averages of the weights (`useEma`). */
  get hasAverages(): boolean {
    return this.common.useEma;
  }

  /** Whether the weights and their averages have been exchanged by {@link swapAverages}. */
  averagesSwapped = false;

  /** Exchanges the weights and their averages: to evaluate or save the averages, and again to go on. */
  swapAverages(): void {
    this.averages.forEach((average, i) => {
      const weight = this.trainable[i]!;
      const value = weight.read();
      weight.write(average.read());
      average.write(value);
    });
    this.averagesSwapped = !this.averagesSwapped;
  }

  /** Sets the weights to their averages; Keras does so when training ends. Nothing without `useEma`. */
  finalizeVariables(): void {
    this.averages.forEach((average, i) => {
      const weight = this.trainable[i]!;
      if (this.averagesSwapped) average.write(weight.read());
      else weight.write(average.read());
    });
    this.averagesSwapped = false;
  }

  /**
   * Takes over a state as a file has it: lists of Keras 3 with or without a learning rate, of Keras 2 by name or in
   * grouped order, without a step counter where there was none. A learning rate is ignored when a schedule has it.
   * @throws {StateError} when not built
   * @param order the weights in the order in which slots without telling names belong to them; default: the built order
   * @throws {FormatError} naming what does not fit; nothing has been changed then
   * @internal
   */
  loadEntries(list: readonly NamedTensor[], order?: readonly Variable[]): LoadedEntries {
    if (this.#state === null) {
      throw new StateError({
        code: "optimizer-not-built",
        what: `${this.name} has no slots yet that a state could be loaded into`,
        fix: "Call build(trainableVariables) first",
      });
    }
    // How a LossScaleOptimizer around it stood is of no use here.
    return loadEntries(this, this.#state, scaledState(list)?.inner ?? list, order);
  }

  override getConfig(): Record<string, Json> {
    const { schedule } = this.learningRate;
    return {
      ...super.getConfig(),
      name: this.name,
      ...(schedule === null ? { learning_rate: this.learningRate.numpy() } : {}),
    };
  }
}

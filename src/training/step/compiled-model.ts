import { StateError } from "../../core/errors.js";
import { nextSeed } from "../../core/seed.js";
import type { StateValue } from "../../core/stateful.js";
import { betweenRuns, soonBetweenRuns, type Variable } from "../../engine/index.js";
import { readLearned, writeLearned } from "../../layers/base/learned.js";
import type { Topology } from "../../network/index.js";
import type { Optimizer } from "../../optimizers/index.js";
import { type CompileArgs, type CompileOptions, resolveCompile } from "../compile/compile.js";
import { Compiled, type NamedOptimizer } from "../compile/compiled.js";
import { decodeTrainState, encodeTrainState, freshState, type TrainState } from "../state/train-state.js";
import { readCarried, writeCarried } from "./carried.js";
import { InUse } from "./in-use.js";
import type { OwnSteps, SteppedNetwork } from "./model-steps.js";
import type { Savable } from "./savable.js";

/** A running call of `fit`. */
export interface Underway {
  /** Runs a task with the model as it was at the last cut; the task copies what it keeps before its first await. */
  atCut<T>(task: () => T): Promise<Awaited<T>>;
  /** The next step is about to overwrite variables. */
  stepBegins(): void;
  /** The step failed, and overwrote nothing. */
  stepFailed(): void;
}

/**
 * A model's parts besides its network: what `compile` made, and the state of its training. {@link Trainer} computes
 * with them.
 */
export abstract class CompiledModel implements Savable {
  readonly network: SteppedNetwork;
  /** Which steps the model says itself. */
  readonly own: OwnSteps;
  /** What is running on the model. */
  readonly inUse: InUse;
  #compiled: Compiled | null = null;
  #topology: Topology | null = null;
  /** As set last: {@link iteration} has gone on since. */
  #state: TrainState;
  #iteration = 0;
  /** The running training; null when there is none. */
  underway: Underway | null = null;
  /** What the user should know of layers' state in the last {@link state} set. */
  carriedNotes: readonly string[] = [];
  /** Whether the number of shards is settled: given, or chosen for a training batch. */
  #hasShards = false;

  constructor(network: SteppedNetwork, own: OwnSteps) {
    this.network = network;
    this.own = own;
    this.inUse = new InUse(() => network.label);
    this.#state = freshState(nextSeed("model"));
  }

  /** Drops programs that were compiled for other layers, losses, seeds or shards. */
  protected abstract dropPrograms(): void;

  get className(): "Sequential" | "Functional" {
    return this.network.networkKind === "sequential" ? "Sequential" : "Functional";
  }

  /** The state at the last cut. */
  get state(): TrainState {
    return { ...this.#now, carried: readCarried(this.network), learned: readLearned(this.network) };
  }
  set state(given: TrainState) {
    const shards = this.#compiled?.args.shards;
    const state = typeof shards === "number" ? { ...given, shards } : given;
    this.#hasShards = typeof shards === "number" || given.iteration > 0 || given.pass > 0;
    if (state.shards !== this.#state.shards || state.seed !== this.#state.seed) this.dropPrograms();
    this.#set(state);
    this.carriedNotes = [...writeCarried(this.network, state.carried), ...writeLearned(this.network, state.learned)];
  }

  /**
   * Runs a task with the model as it was at the last cut, a state that training can go on from: now, or at the next cut
   * if a step is running. A hook may wait for it.
   */
  atCut<T>(task: () => T): Promise<Awaited<T>> {
    return this.underway === null ? betweenRuns(task) : this.underway.atCut(task);
  }

  /** Runs a synchronous task with the counters of an earlier moment. */
  asOf<T>(state: TrainState, optimizerSteps: readonly number[], task: () => T): T {
    const now = [this.#now, this.optimizerSteps] as const;
    this.goBack(state, optimizerSteps);
    try {
      return task();
    } finally {
      this.goBack(...now);
    }
  }

  /** Goes back to the counters of an earlier moment. */
  goBack(state: TrainState, optimizerSteps: readonly number[]): void {
    this.#set(state);
    this.#counted.forEach((optimizer, i) => {
      optimizer.iteration = optimizerSteps[i]!;
    });
  }

  /** The steps that each optimizer has made. */
  get optimizerSteps(): readonly number[] {
    return this.#counted.map((optimizer) => optimizer.iteration);
  }

  get #counted(): readonly Optimizer[] {
    return this.optimizers.flatMap(({ optimizer }) => optimizer.counted);
  }

  /** Steps of training so far. */
  get iteration(): number {
    return this.#iteration;
  }

  protected countStep(): void {
    this.#iteration++;
  }

  get #now(): TrainState {
    return { ...this.#state, iteration: this.#iteration };
  }

  #set(state: TrainState): void {
    this.#state = state;
    this.#iteration = state.iteration;
  }

  /** Key of the model's random numbers. */
  protected get seed(): number {
    return this.#state.seed;
  }

  /** Null before the first training batch, unless `compile` gave a number. It may grow with the batches. */
  protected get settledShards(): number | null {
    return this.#hasShards ? this.#state.shards : null;
  }

  /**
   * Settles what suits the first training batch. A larger one gets more later, so that a small first batch does not slow
   * down all others; it never gets fewer, so that the last batch of an epoch changes nothing.
   */
  protected settleShards(suited: number): void {
    const isOpen = !this.#hasShards || (this.#compiled?.args.shards === "auto" && suited > this.#state.shards);
    if (isOpen) this.#state = { ...this.#state, shards: suited };
    this.#hasShards = true;
  }

  getTrainState(): StateValue {
    return encodeTrainState(this.state);
  }

  setTrainState(value: StateValue): void {
    this.state = decodeTrainState(value);
  }

  compile(options: CompileOptions | undefined): void {
    const args = resolveCompile(this.network.label, options);
    this.inUse.refuseCompile();
    this.#compiled = new Compiled(this.network, args, this.own.train);
    this.dropPrograms();
    if (this.network.wired) this.#topology = this.network.topology;
    if (typeof args.shards === "number") {
      this.#state = { ...this.#state, shards: args.shards };
      this.#hasShards = true;
    }
  }

  get compileArgs(): CompileArgs | null {
    return this.#compiled?.args ?? null;
  }

  /** The only optimizer, built for the trainable weights as soon as there are weights. Null where there are several. */
  get optimizer(): Optimizer | null {
    const { optimizers } = this;
    return optimizers.length === 1 ? optimizers[0]!.optimizer : null;
  }

  /** All optimizers; none before `compile`. */
  get optimizers(): readonly NamedOptimizer[] {
    return this.#compiled?.optimizers ?? [];
  }

  /** @throws {StateError} before `compile` */
  compiled(method: string): CompileArgs {
    return this.requireCompiled(method).args;
  }

  /** Which outputs have a loss; before `compile`, all of them. */
  get withLoss(): readonly boolean[] {
    if (!this.network.isCallable) return [];
    return this.#compiled?.withLoss ?? this.network.outputs.map(() => true);
  }

  /** What the user should know before training. */
  warnings(): string[] {
    this.followTopology();
    return this.own.train ? [] : this.requireCompiled("fit").warnings();
  }

  /** Makes a model trained elsewhere (a Keras file) count on from its optimizer's steps. */
  catchUp(): void {
    const steps = Math.max(0, ...this.optimizerSteps);
    if (this.#iteration === 0) this.#iteration = steps;
  }

  resetMetrics(): void {
    const measures = this.#compiled?.measures ?? null;
    if (measures !== null) void soonBetweenRuns(() => measures.reset("train"));
  }

  setTrained(optimizer: Optimizer, withSlots: readonly Variable[], trained: readonly Variable[]): void {
    this.requireCompiled("restoring").setTrained(optimizer, withSlots, trained);
    this.#topology = this.network.topology;
    this.dropPrograms();
  }

  /** Makes the slots of optimizers for the weights that they train by name, before the model's own step says so. */
  bindOptimizers(trained: ReadonlyMap<string, readonly Variable[]>): void {
    this.#compiled?.bindByName(trained);
  }

  /** The optimizers that the program states, see {@link Compiled.stated}. */
  get statedOptimizers(): readonly NamedOptimizer[] {
    return this.#compiled?.stated ?? [];
  }

  protected requireCompiled(method: string): Compiled {
    if (this.#compiled !== null) return this.#compiled;
    throw new StateError({
      code: "not-compiled",
      what: `${this.network.label} is not compiled, so ${method} does not know what to minimize`,
      fix: 'Call compile first, e.g. model.compile({ optimizer: "adam", loss: "mse" })',
    });
  }

  /** Adapts to a Sequential that has grown or shrunk. */
  protected followTopology(): void {
    if (!this.network.wired) return;
    const { topology } = this.network;
    if (this.#topology !== null && this.#topology !== topology) {
      this.dropPrograms();
      this.#compiled?.rewired();
    }
    this.#topology = topology;
  }
}

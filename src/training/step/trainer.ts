import { StateError } from "../../core/errors.js";
import { nextSeed } from "../../core/seed.js";
import type { StateValue } from "../../core/stateful.js";
import type { Tensor } from "../../core/tensor.js";
import { defaultEngine, type Engine, type Variable } from "../../engine/index.js";
import { graphDType } from "../../layers/index.js";
import type { Functional, Topology } from "../../network/index.js";
import type { Optimizer } from "../../optimizers/index.js";
import { type CompileArgs, type CompileOptions, resolveCompile } from "../compile/compile.js";
import { checkLabels } from "../compile/labels.js";
import { Measures } from "../compile/measures.js";
import { outputsWithLoss } from "../compile/output-losses.js";
import { type Batch, signatureOf } from "../state/batch.js";
import { namesOfOutputs } from "../state/per-output.js";
import type { Signature } from "../state/signature.js";
import { decodeTrainState, encodeTrainState, freshState, type TrainState } from "../state/train-state.js";
import { checkCarriedRows, readCarried, writeCarried } from "./carried.js";
import { runOf } from "./feeds.js";
import { Programs, type Step } from "./programs.js";
import type { Savable } from "./savable.js";

/** What `compile` made. */
interface Compiled {
  readonly args: CompileArgs;
  /** Weights that are trained; fixed when the model is compiled, or built if that comes later. */
  trainable: readonly Variable[] | null;
  /** Losses and metrics, made when the first data shows its shapes. */
  measures: Measures | null;
}

/**
 * The training side of a model: what was compiled, the programs, and the counters of its training. Knows one step at
 * a time; loops are in fit.ts, evaluate.ts and predict.ts.
 */
export class Trainer implements Savable {
  readonly network: Functional;
  #compiled: Compiled | null = null;
  #programs: Programs | null = null;
  #topology: Topology | null = null;
  #state: TrainState;
  /** Brings the state up to date while a training runs; null otherwise. */
  #live: (() => Promise<TrainState>) | null = null;
  #busy = false;
  /** What the user should know of layers' state in the last {@link state} that was set. */
  carriedNotes: readonly string[] = [];
  /** Whether the number of shards is settled: given, or chosen for the first batch that was trained on. */
  #hasShards = false;

  constructor(network: Functional) {
    this.network = network;
    this.#state = freshState(nextSeed("model"));
  }

  get className(): "Sequential" | "Functional" {
    return this.network.networkKind === "sequential" ? "Sequential" : "Functional";
  }

  /** The state at the last cut. */
  get state(): TrainState {
    return { ...this.#state, carried: readCarried(this.network) };
  }
  set state(given: TrainState) {
    const shards = this.#compiled?.args.shards;
    const state = typeof shards === "number" ? { ...given, shards } : given;
    this.#hasShards = typeof shards === "number" || given.iteration > 0 || given.pass > 0;
    if (state.shards !== this.#state.shards || state.seed !== this.#state.seed) this.#dropPrograms();
    this.#state = state;
    this.carriedNotes = writeCarried(this.network, state.carried);
  }

  /** How a training that runs describes itself when it is asked to; null when none runs. */
  set live(capture: (() => Promise<TrainState>) | null) {
    this.#live = capture;
  }

  /**
   * Runs a training, one at a time.
   * @throws {StateError} when one is running already
   */
  async alone<T>(training: () => Promise<T>): Promise<T> {
    if (this.#busy) {
      throw new StateError({
        code: "training-twice",
        what: `${this.network.label} is in training already`,
        fix: "Await the first fit before the next",
      });
    }
    this.#busy = true;
    try {
      return await training();
    } finally {
      this.#busy = false;
    }
  }

  /** Has the running training, if any, bring {@link state} up to date. */
  async refresh(): Promise<void> {
    if (this.#live !== null) this.#state = await this.#live();
  }

  getTrainState(): StateValue | null {
    return this.#state.iteration === 0 && this.#state.pass === 0 ? null : encodeTrainState(this.state);
  }

  setTrainState(value: StateValue): void {
    this.state = decodeTrainState(value);
  }

  compile(options: CompileOptions | undefined): void {
    const args = resolveCompile(this.network.label, options);
    this.#compiled = { args, trainable: null, measures: null };
    this.#dropPrograms();
    if (typeof args.shards === "number") {
      this.#state = { ...this.#state, shards: args.shards };
      this.#hasShards = true;
    }
    if (this.network.wired) this.#bindOptimizer(this.#compiled);
  }

  get compileArgs(): CompileArgs | null {
    return this.#compiled?.args ?? null;
  }

  /** Built for the trainable weights as soon as there are weights. */
  get optimizer(): Optimizer | null {
    if (this.#compiled !== null && this.network.wired) this.#bindOptimizer(this.#compiled);
    return this.#compiled?.args.optimizer ?? null;
  }

  /** @throws {StateError} before `compile` */
  compiled(method: string): CompileArgs {
    return this.#requireCompiled(method).args;
  }

  /** Which outputs have a loss. */
  get withLoss(): readonly boolean[] {
    const { network } = this;
    const args = this.#compiled?.args;
    return args ? outputsWithLoss(network.label, args, namesOfOutputs(network)) : network.outputs.map(() => true);
  }

  /** Losses and metrics; made for the first data that comes. */
  measures(batch: Batch): Measures {
    this.#followTopology();
    const compiled = this.#requireCompiled("fit");
    compiled.measures ??= new Measures(this.network, compiled.args, this.#signature(batch));
    return compiled.measures;
  }

  /** Weights that are trained. */
  get trainable(): readonly Variable[] {
    this.#followTopology();
    const compiled = this.#requireCompiled("fit");
    this.#bindOptimizer(compiled);
    return compiled.trainable!;
  }

  /** What the user should know before training. */
  warnings(): string[] {
    const now = this.network.trainableWeights;
    const { trainable } = this;
    if (now.length === trainable.length && now.every((weight, i) => weight === trainable[i])) return [];
    return [
      `${this.network.label}: layers have been frozen or thawed since compile, which takes effect only at the next ` +
        "compile. Call compile again to train other weights.",
    ];
  }

  /** Lets a model whose training Pawl has not seen (a file of Keras) count on from its optimizer's steps. */
  catchUp(): void {
    const steps = this.optimizer?.iteration ?? 0;
    if (this.#state.iteration === 0 && steps > 0) this.#state = { ...this.#state, iteration: steps };
  }

  resetMetrics(): void {
    this.#compiled?.measures?.reset();
  }

  /** Compiles what a step of training on such a batch needs; accumulators of all metrics exist afterwards. */
  async prepare(batch: Batch): Promise<void> {
    await this.#trainStep(batch);
  }

  /**
   * One step: new weights, optimizer variables, layers' state and metrics, all or nothing.
   * @param meanwhile done once, while other threads compute where there are others
   */
  async train(batch: Batch, meanwhile?: () => void): Promise<void> {
    const { program, leaves, learningRate, iteration } = await this.#trainStep(batch);
    const optimizer = this.#compiled!.args.optimizer;
    const run = runOf(leaves, batch, { ...this.#state, meanwhile });
    run.feeds.set(learningRate!, optimizer.learningRate.at(optimizer.iteration));
    run.feeds.set(iteration!, optimizer.iteration);
    await program.run(run);
    optimizer.iteration++;
    this.#state = { ...this.#state, iteration: this.#state.iteration + 1 };
  }

  /** Compiles what evaluating such a batch needs; accumulators of all metrics exist afterwards. */
  async prepareTest(batch: Batch): Promise<void> {
    await this.#testStep(batch);
  }

  /** Adds a batch to the metrics without training. */
  async test(batch: Batch, meanwhile?: () => void): Promise<void> {
    const { program, leaves } = await this.#testStep(batch);
    await program.run(runOf(leaves, batch, { seed: this.#state.seed, iteration: 0, meanwhile }));
  }

  /** Copies of the outputs, in the model's order. */
  async predict(batch: Batch, meanwhile?: () => void): Promise<Tensor[]> {
    const programs = await this.#getPrograms();
    const { program, leaves } = await programs.predict(this.#signature(batch), batch.rows);
    const results = await program.run(runOf(leaves, batch, { seed: this.#state.seed, iteration: 0, meanwhile }));
    return this.network.outputs.map((_, i) => results[String(i)]!);
  }

  /** The engine that computes, and what its bits depend on. */
  async engine(): Promise<Engine> {
    return defaultEngine();
  }

  async #trainStep(batch: Batch): Promise<Step> {
    const measures = this.measures(batch);
    checkLabels(this.network, measures, batch.targets);
    const { optimizer } = this.#compiled!.args;
    const programs = await this.#getPrograms();
    const step = await programs.train(this.#signature(batch), batch.rows, {
      optimizer,
      measures,
      trainable: this.trainable,
    });
    if (!this.#hasShards) {
      this.#hasShards = true;
      this.#state = { ...this.#state, shards: step.shards };
      programs.settle(step.shards);
    }
    return step;
  }

  async #testStep(batch: Batch): Promise<Step> {
    const measures = this.measures(batch);
    checkLabels(this.network, measures, batch.targets);
    const programs = await this.#getPrograms();
    return programs.test(this.#signature(batch), batch.rows, { measures, trainable: this.trainable });
  }

  async #getPrograms(): Promise<Programs> {
    this.#followTopology();
    this.#programs ??= new Programs(this.network, await defaultEngine(), this.#hasShards ? this.#state.shards : null);
    return this.#programs;
  }

  /** A Sequential that has grown or shrunk computes something else. */
  #followTopology(): void {
    const { topology } = this.network;
    if (this.#topology !== null && this.#topology !== topology) {
      this.#dropPrograms();
      if (this.#compiled !== null) this.#compiled = { ...this.#compiled, trainable: null, measures: null };
    }
    this.#topology = topology;
  }

  #dropPrograms(): void {
    this.#programs?.dispose();
    this.#programs = null;
  }

  #signature(batch: Batch): Signature {
    checkCarriedRows(this.network, batch.rows);
    const dtypes = this.network.inputs.map(({ dtype }) => graphDType(dtype));
    return signatureOf(batch, dtypes);
  }

  setTrained(withSlots: readonly Variable[], trained: readonly Variable[]): void {
    const compiled = this.#requireCompiled("restoring");
    compiled.trainable = trained;
    this.#topology = this.network.topology;
    compiled.args.optimizer.rebuild(withSlots);
    compiled.args.optimizer.build(trained);
    this.#dropPrograms();
  }

  #bindOptimizer(compiled: Compiled): void {
    if (compiled.trainable !== null) return;
    compiled.trainable = this.network.trainableWeights;
    this.#topology = this.network.topology;
    compiled.args.optimizer.build(compiled.trainable);
  }

  #requireCompiled(method: string): Compiled {
    if (this.#compiled !== null) return this.#compiled;
    throw new StateError({
      code: "not-compiled",
      what: `${this.network.label} is not compiled, so ${method} does not know what to minimize`,
      fix: 'Call compile first, e.g. model.compile({ optimizer: "adam", loss: "mse" })',
    });
  }
}

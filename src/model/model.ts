import { bool, type Fields, resolveOptions } from "../core/options.js";
import { type FilePath, pathOf } from "../core/path-of.js";
import type { Tensor, TensorLike } from "../core/tensor.js";
import { nodeVfs } from "../core/vfs-node.js";
import { betweenRuns } from "../engine/index.js";
import type { Tensors } from "../layers/index.js";
import { Functional, type NetworkOptions, type Sized, type SummaryOptions } from "../network/index.js";
import type { Optimizer } from "../optimizers/index.js";
import { loadWeightsFile, restoreModel, type SaveWeightsOptions, saveModel, saveWeights } from "../saving/index.js";
import * as training from "../training/index.js";
import { refuseOwnSteps } from "./own-steps.js";
import { oneOrList, services, withOptions } from "./trained.js";

declare global {
  /** Node has it; declared for programs whose `lib` has not. */
  interface SymbolConstructor {
    readonly dispose: unique symbol;
  }
}

/** Options of `save`. */
export interface SaveFileOptions {
  /** Default true. False: a file that is there already is an error. */
  readonly overwrite?: boolean;
}

/** Options of `loadWeights`. */
export interface LoadWeightsOptions {
  /** Default true. False: weights alone, for a model that is compiled with another optimizer or starts anew. */
  readonly optimizer?: boolean;
  /** Default false. True: a file that another program changed gives weights and optimizer; the rest is dropped. */
  readonly allowEdited?: boolean;
  /** Default false: an optimizer's state that does not fit is said, and the optimizer begins anew. True: an error. */
  readonly strict?: boolean;
}

const SAVE: Fields<SaveFileOptions> = { overwrite: bool(true) };
const LOAD_WEIGHTS: Fields<LoadWeightsOptions> = {
  optimizer: bool(true),
  allowEdited: bool(false),
  strict: bool(false),
};

/**
 * A network that can be trained, evaluated and saved.
 * @example
 * const x = Input({ shape: [8] });
 * const model = new Model(x, new layers.Dense(1).apply(x));
 */
export class Model extends Functional implements training.TrainingModel {
  static override readonly className: string = "Functional";

  /** Set to true in a hook of a callback, training ends after the hooks of this epoch. */
  stopTraining = false;
  /** What the last `fit` returned. */
  history: training.History | null = null;
  readonly #trainer: training.Trainer;

  /**
   * @param inputs what `Input()` gave: one tensor, a list, or an object by name
   * @param outputs what layers gave for them
   */
  constructor(inputs: Tensors | null, outputs: Tensors | null, options?: NetworkOptions) {
    super(inputs, outputs, options);
    this.#trainer = new training.Trainer(this);
  }

  /** The optimizer of `compile`. @throws {StateError} before it */
  get optimizer(): Optimizer {
    this.#trainer.compiled("optimizer");
    return this.#trainer.optimizer!;
  }

  /**
   * Keras's summary counts the optimizer once it has its variables.
   * @internal
   */
  protected override get optimizerSizes(): readonly Sized[] | null {
    const optimizer = this.#trainer.optimizer;
    if (!optimizer?.built || optimizer.iteration === 0) return null;
    return optimizer.variables.map(({ shape, variable }) => ({ shape, dtype: variable?.dtype ?? "int64" }));
  }

  /**
   * The training side of this model, for files.
   * @internal
   */
  get savable(): training.Savable {
    return this.#trainer;
  }

  /** Says how to train: optimizer, losses, metrics. A new optimizer starts without state, as in Keras. */
  compile(options: training.CompileOptions = {}): void {
    refuseOwnSteps(this);
    this.#usable("compile").compile(options);
  }

  /**
   * Trains for epochs `initialEpoch … epochs - 1`. See {@link training.FitOptions}; data that comes in batches (a data
   * set, an iterable, a generator function) brings its own targets, and options come second.
   */
  async fit(x: training.BatchesLike, options?: training.FitOptions): Promise<training.History>;
  async fit(
    x: training.TensorsLike,
    y?: training.TensorsLike | null,
    options?: training.FitOptions,
  ): Promise<training.History>;
  async fit(
    x: training.DataLike,
    y?: training.TensorsLike | training.FitOptions | null,
    options?: training.FitOptions,
  ): Promise<training.History> {
    const given = withOptions<training.TensorsLike, training.FitOptions>(
      training.isBatches(x),
      y as training.TensorsLike,
      options,
    );
    this.history = await training.fit(this.#usable("fit"), this, { x, y: given.y }, given.options, services());
    return this.history;
  }

  /** Losses and metrics over the data, by name. */
  async evaluate(x: training.BatchesLike, options?: training.EvaluateOptions): Promise<training.Logs>;
  async evaluate(
    x: training.TensorsLike,
    y?: training.TensorsLike | null,
    options?: training.EvaluateOptions,
  ): Promise<training.Logs>;
  async evaluate(
    x: training.DataLike,
    y?: training.TensorsLike | training.EvaluateOptions | null,
    options?: training.EvaluateOptions,
  ): Promise<training.Logs> {
    const given = withOptions<training.TensorsLike, training.EvaluateOptions>(
      training.isBatches(x),
      y as training.TensorsLike,
      options,
    );
    return training.evaluate(this.#usable("evaluate"), this, { x, y: given.y }, given.options, services());
  }

  /** The output for all rows: a tensor, or a list of them for several outputs. */
  async predict(x: training.DataLike, options?: training.PredictOptions): Promise<Tensor | Tensor[]> {
    return oneOrList(await training.predict(this.#usable("predict"), this, x, options, services()));
  }

  /** One step of training; loss and metrics of these rows, by name. */
  async trainOnBatch(
    x: training.TensorsLike,
    y?: training.TensorsLike | null,
    options?: training.BatchOptions,
  ): Promise<training.Logs> {
    return training.trainOnBatch(this.#usable("trainOnBatch"), { x, y }, options);
  }

  /** The same without training. */
  async testOnBatch(
    x: training.TensorsLike,
    y?: training.TensorsLike | null,
    options?: training.TestBatchOptions,
  ): Promise<training.Logs> {
    return training.testOnBatch(this.#usable("testOnBatch"), { x, y }, options);
  }

  async predictOnBatch(x: training.TensorsLike): Promise<Tensor | Tensor[]> {
    return oneOrList(await training.predictOnBatch(this.#usable("predictOnBatch"), x));
  }

  /** Starts losses and metrics anew; whatever trains or evaluates does so by itself. */
  resetMetrics(): void {
    this.#usable("resetMetrics").resetMetrics();
  }

  /**
   * Writes model, optimizer and training state to a `.keras` or `.h5` file. While `fit` runs, that is the model as it
   * was when all hooks of the last batch or epoch had run: what a hook has done since, and a step whose hooks are
   * running, is not in it. In a hook, `context.requestSave` saves when all hooks have run.
   */
  async save(path: FilePath, options?: SaveFileOptions): Promise<void> {
    const where = `save of ${this.label}`;
    const file = pathOf(path, `${where}: path`);
    const { overwrite } = resolveOptions(where, SAVE, options);
    const trainer = this.#usable("save");
    await trainer.atCut(() => saveModel(trainer, file, { vfs: nodeVfs(), overwrite }));
  }

  /**
   * Writes weights, optimizer and training state to a `.weights.h5` file, an `.h5` file in Keras 2's layout, or, for
   * what is too large for one file, to the files that a `.weights.json` names. While `fit` runs, see {@link save}.
   */
  async saveWeights(path: FilePath, options?: SaveWeightsOptions): Promise<void> {
    const file = pathOf(path, `saveWeights of ${this.label}: path`);
    const trainer = this.#usable("saveWeights");
    await trainer.atCut(() => saveWeights(trainer, file, nodeVfs(), options));
  }

  /**
   * Takes weights from a file (of weights or of a whole model), and, when compiled, optimizer and training state.
   * @throws {FormatError} naming what does not fit; nothing has changed then
   * @throws {StateError} while it trains, unless `optimizer` is false
   */
  async loadWeights(path: FilePath, options?: LoadWeightsOptions): Promise<void> {
    const where = `loadWeights of ${this.label}`;
    const file = pathOf(path, `${where}: path`);
    const { optimizer, allowEdited, strict } = resolveOptions(where, LOAD_WEIGHTS, options);
    const trainer = this.#usable("loadWeights");
    const loaded = await loadWeightsFile(file, { vfs: nodeVfs(), allowEdited });
    await betweenRuns(() => {
      if (optimizer) trainer.inUse.refuseState(where);
      restoreModel(trainer, loaded, { optimizer, strict });
    });
  }

  override async getWeights(): Promise<Tensor[]> {
    this.#usable("getWeights");
    return super.getWeights();
  }

  override async setWeights(tensors: readonly (Tensor | TensorLike)[]): Promise<void> {
    this.#usable("setWeights");
    return super.setWeights(tensors);
  }

  override summary(options?: SummaryOptions): string {
    this.#usable("summary");
    return super.summary(options);
  }

  /**
   * Gives back at once what the model has of the engine. Never needed: a model that nobody refers to any more goes by
   * itself. Layers that other models have too go on there; this model cannot be used any more.
   * @throws {StateError} while it trains or is evaluated
   */
  dispose(): void {
    this.#trainer.dispose();
  }

  /** The same at the end of a block, for `using model = …`. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  /** @throws {StateError} after {@link dispose} */
  #usable(method: string): training.Trainer {
    this.#trainer.inUse.refuseDisposed(method);
    return this.#trainer;
  }
}

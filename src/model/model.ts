import { resolveOptions } from "../core/options.js";
import { type FilePath, pathOf } from "../core/path-of.js";
import type { Tensor, TensorLike } from "../core/tensor.js";
import { nodeVfs } from "../core/vfs-node.js";
import type { Value } from "../graph/index.js";
import type { Ends } from "../layers/index.js";
import type { NetworkEnds, NetworkOptions, Sized, SummaryOptions } from "../network/index.js";
import type { Optimizer } from "../optimizers/index.js";
import { type SaveWeightsOptions, saveModel, saveWeights } from "../saving/index.js";
import * as training from "../training/index.js";
import { DescribedModel } from "./described-model.js";
import { type ExportOptions, exportModel } from "./export-model.js";
import { type LoadWeightsOptions, SAVE, type SaveFileOptions } from "./file-options.js";
import { loadWeightsInto } from "./load-weights.js";
import { onlyOne, refuseOwnSteps } from "./own-steps.js";
import { isOptionsOnly, type Predicted } from "./predicted.js";
import { ownSteps } from "./stepped-model.js";
import { services, withOptions } from "./trained.js";

declare global {
  /** Node has it; declared for programs whose `lib` lacks it. */
  interface SymbolConstructor {
    readonly dispose: unique symbol;
  }
}

/** A model whatever it takes and gives. */
// biome-ignore lint/suspicious/noExplicitAny: a model of several inputs is none of one input
export type AnyModel = Model<any, any>;

/**
 * A network that can be trained, evaluated and saved.
 * @example
 * const x = Input({ shape: [8] });
 * const model = new Model(x, new layers.Dense(1).apply(x));
 */
export class Model<const I extends Ends = Value, const O extends Ends = Value>
  extends DescribedModel<I, O>
  implements training.TrainingModel
{
  static override readonly className: string = "Functional";

  /** Set to true in a callback's hook to end training after the hooks of this epoch. */
  stopTraining = false;
  /** Result of the last `fit`. */
  history: training.History | null = null;
  readonly #trainer: training.Trainer;

  /**
   * @param inputs from `Input()`: one tensor, a list, or an object by name
   * @param outputs the tensors that layers computed from them
   */
  constructor(inputs: NetworkEnds<I> | null, outputs: NetworkEnds<O> | null, options?: NetworkOptions);
  /** For classes with a call, or with steps, of their own: `super()`, `super({ name })`. */
  constructor(options?: NetworkOptions);
  constructor(
    inputs?: NetworkEnds<I> | NetworkOptions | null,
    outputs?: NetworkEnds<O> | null,
    options?: NetworkOptions,
  ) {
    const isOptions = outputs === undefined && isOptionsOnly(inputs);
    if (isOptions && new.target !== Model) super(null, null, options ?? (inputs as NetworkOptions | undefined));
    else super(inputs as NetworkEnds<I>, outputs as NetworkEnds<O>, options);
    this.#trainer = new training.Trainer(this as AnyModel, ownSteps(this as AnyModel));
  }

  /**
   * The optimizer given to `compile`. Several are {@link optimizers}.
   * @throws {StateError} before `compile`, and where there are several
   */
  get optimizer(): Optimizer {
    this.#trainer.compiled("optimizer");
    return this.#trainer.optimizer ?? onlyOne(this.#trainer);
  }

  /** The optimizers by the names that `compile` was given, or by the fields of the model that hold them. */
  get optimizers(): { readonly [name: string]: Optimizer } {
    this.#trainer.compiled("optimizers");
    return Object.fromEntries(
      this.#trainer.optimizers.flatMap(({ name, optimizer }) =>
        optimizer.rated.map((one) => [one === optimizer ? name || one.name : one.name, one]),
      ),
    );
  }

  /**
   * Keras's summary counts the optimizer once it has its variables.
   * @internal
   */
  protected override get optimizerSizes(): readonly Sized[] | null {
    const used = this.#trainer.optimizers.filter(({ optimizer }) => optimizer.built && optimizer.iteration > 0);
    if (used.length === 0) return null;
    return used.flatMap(({ optimizer }) =>
      optimizer.variables.map(({ shape, variable }) => ({ shape, dtype: variable?.dtype ?? "int64" })),
    );
  }

  /**
   * The training side of this model, for files.
   * @internal
   */
  get savable(): training.Savable {
    return this.#trainer;
  }

  /** Configures training: optimizer, losses, metrics. A new optimizer starts without state, as in Keras. */
  override compile(options: training.CompileOptions = {}): void {
    refuseOwnSteps(this);
    this.usable("compile").compile(options);
  }

  /**
   * Trains epochs `initialEpoch … epochs - 1`, see {@link training.FitOptions}. Data that comes in batches (a data
   * set, an iterable, a generator function) has its own targets: then the options are the second argument.
   */
  async fit(x: training.BatchesLike, options?: training.FitOptions): Promise<training.History>;
  /** For a `trainStep` of yours that needs no targets. */
  async fit(x: training.TensorsLike, options?: training.FitOptions): Promise<training.History>;
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
      this.#trainer.own.train ? training.FIT_OPTIONS : null,
    );
    this.history = await training.fit(this.usable("fit"), this, { x, y: given.y }, given.options, services());
    return this.history;
  }

  /** Computes losses and metrics over the data, by name. */
  async evaluate(x: training.BatchesLike, options?: training.EvaluateOptions): Promise<training.Logs>;
  /** For a `testStep` of yours that needs no targets. */
  async evaluate(x: training.TensorsLike, options?: training.EvaluateOptions): Promise<training.Logs>;
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
      this.#trainer.own.test ? training.EVALUATE_OPTIONS : null,
    );
    return training.evaluate(this.usable("evaluate"), this, { x, y: given.y }, given.options, services());
  }

  /** Computes the output for all rows: a tensor, or a list of tensors for several outputs. */
  async predict(x: training.DataLike, options?: training.PredictOptions): Promise<Predicted<O>> {
    return this.#grouped(await training.predict(this.usable("predict"), this, x, options, services()));
  }

  /**
   * The same, batch after batch, for more rows than fit into memory. The next batch is computed when it is asked for; who
   * stops asking (`break`) has predicted no more.
   *
   * @example
   * for await (const scores of model.predictBatches(records.batch(256))) write(scores);
   */
  predictBatches(x: training.DataLike, options?: training.PredictOptions): AsyncGenerator<Predicted<O>, undefined> {
    return this.#each(training.predictBatches(this.usable("predictBatches"), this, x, options, services()));
  }

  /** Trains one step; returns loss and metrics of these rows, by name. */
  async trainOnBatch(
    x: training.TensorsLike,
    y?: training.TensorsLike | null,
    options?: training.BatchOptions,
  ): Promise<training.Logs> {
    return training.trainOnBatch(this.usable("trainOnBatch"), { x, y }, options);
  }

  /** Loss and metrics of these rows, by name, without training. */
  async testOnBatch(
    x: training.TensorsLike,
    y?: training.TensorsLike | null,
    options?: training.TestBatchOptions,
  ): Promise<training.Logs> {
    return training.testOnBatch(this.usable("testOnBatch"), { x, y }, options);
  }

  async predictOnBatch(x: training.TensorsLike): Promise<Predicted<O>> {
    return this.#grouped(await training.predictOnBatch(this.usable("predictOnBatch"), x));
  }

  /** Resets the accumulators of losses and metrics. Training and evaluation do so themselves. */
  resetMetrics(): void {
    this.usable("resetMetrics").resetMetrics();
  }

  /**
   * Writes model, optimizer and training state to a `.keras` or `.h5` file. While `fit` runs, it writes the model as it
   * was when all hooks of the last batch or epoch had run, without later changes by a hook or by a step whose hooks are
   * still running. In a hook, `context.requestSave` saves after all hooks have run.
   */
  async save(path: FilePath, options?: SaveFileOptions): Promise<void> {
    const where = `save of ${this.label}`;
    const file = pathOf(path, `${where}: path`);
    const { overwrite } = resolveOptions(where, SAVE, options);
    const trainer = this.usable("save");
    await trainer.atCut(() => saveModel(trainer, file, { vfs: nodeVfs(), overwrite }));
  }

  /**
   * Writes weights, optimizer and training state to a `.weights.h5` file, to an `.h5` file in Keras 2's layout, to a
   * `.safetensors` file, or, if too large for one file, to a `.weights.json` and the files that it names. In
   * `.safetensors` files weights have their paths as names (`dense/kernel`), and tensors `__pawl__/…`, which other
   * programs may ignore, the rest. While `fit` runs, see {@link save}.
   */
  async saveWeights(path: FilePath, options?: SaveWeightsOptions): Promise<void> {
    const file = pathOf(path, `saveWeights of ${this.label}: path`);
    const trainer = this.usable("saveWeights");
    await trainer.atCut(() => saveWeights(trainer, file, nodeVfs(), options));
  }

  /**
   * Loads weights from a file of weights or of a whole model and, if compiled, optimizer and training state. Those of
   * `.safetensors` files, whoever wrote them, go by names: they must be the paths of the model's weights.
   * @throws {FormatError} that names what does not fit; nothing has changed then
   * @throws {StateError} while the model trains, unless `optimizer` is false
   */
  async loadWeights(path: FilePath, options?: LoadWeightsOptions): Promise<void> {
    await loadWeightsInto(this.usable("loadWeights"), path, options);
  }

  /**
   * Writes what the model predicts as an ONNX file, for programs that only predict: ONNX Runtime in any language, or on
   * any device. Inputs and outputs have the model's names, float32 unless ids or truth values are taken; the batch is
   * free, everything else fixed. Training goes on from `save`, not from this.
   * @throws {OptionError} for a path that does not end in ".onnx", or where the shape of an input is not known
   * @throws {StateError} where predictions depend on more than inputs and weights
   */
  async export(path: FilePath, options?: ExportOptions): Promise<void> {
    await exportModel(this.usable("export"), path, options);
  }

  override async getWeights(): Promise<Tensor[]> {
    this.usable("getWeights");
    return super.getWeights();
  }

  override async setWeights(tensors: readonly (Tensor | TensorLike)[]): Promise<void> {
    this.usable("setWeights");
    return super.setWeights(tensors);
  }

  override summary(options?: SummaryOptions): string {
    this.usable("summary");
    return super.summary(options);
  }

  /**
   * Frees the model's engine memory at once. Never needed: a model without references is freed automatically. The model
   * cannot be used afterwards; other models that share its layers can.
   * @throws {StateError} while the model trains or is evaluated
   */
  dispose(): void {
    this.#trainer.dispose();
  }

  /** Calls {@link dispose} at the end of a block, for `using model = …`. */
  [Symbol.dispose](): void {
    this.dispose();
  }

  async *#each(batches: AsyncGenerator<Tensor[], undefined>): AsyncGenerator<Predicted<O>, undefined> {
    for await (const outputs of batches) yield this.#grouped(outputs);
    return undefined;
  }

  /** A single output as it is, several as a list. */
  #grouped(outputs: readonly Tensor[]): Predicted<O> {
    const row = outputs.length === 1 ? outputs[0]! : [...outputs];
    return (this.#trainer.own.predict ? row : this.form.outward<Tensor>(row)) as Predicted<O>;
  }

  /** @internal */
  protected override usable(method: string): training.Trainer {
    this.#trainer.inUse.refuseDisposed(method);
    return this.#trainer;
  }
}

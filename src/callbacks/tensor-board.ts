import { PawlError } from "../core/errors.js";
import { histogramOf } from "../core/histogram.js";
import { markdownTable } from "../core/markdown-table.js";
import { checkArguments, type Resolved, resolveOptions } from "../core/options.js";
import { type FilePath, pathOf } from "../core/path-of.js";
import { joinPath, plainPath } from "../core/paths.js";
import type { Json, StateValue } from "../core/stateful.js";
import type { EventValue } from "../formats/tfevents/index.js";
import { fileFailure } from "../store/index.js";
import { Callback, type CallbackContext } from "../training/hooks/callback.js";
import type { Logs } from "../training/state/logs.js";
import { writeEmbeddings, writeProjectorConfig } from "./embedding-projector.js";
import type { EventFile } from "./event-file.js";
import { logRates } from "./learning-rate.js";
import { TENSOR_BOARD_FIELDS, type TensorBoardOptions } from "./tensor-board-options.js";
import { weightPictures } from "./weight-pictures.js";

export type { TensorBoardOptions } from "./tensor-board-options.js";

/** Folders of the logs, as in Keras. */
type Part = "train" | "validation";

interface State {
  readonly batches: number;
  readonly line: string;
  /** Bytes of points by part. */
  readonly written: { readonly [part: string]: number };
}

/** Parts of a histogram, TensorBoard's default. */
const PARTS = 30;

/** With protobuf-es, which a program without TensorBoard does not load. */
const loadFormat = () => import("../formats/tfevents/index.js");
const loadFiles = () => import("./event-file.js");

/**
 * Writes what TensorBoard shows, with Keras's folders and tags. A resumed training goes on where it stood: each step is
 * there once, whatever an interrupted process had written after its last checkpoint.
 */
export class TensorBoard extends Callback {
  static readonly className: string = "TensorBoard";
  override readonly addsLogs: readonly string[] = [];
  override readonly watchesOnly = true;
  readonly logDir: string;
  readonly options: Resolved<Omit<TensorBoardOptions, "updateFreq">> & { readonly updateFreq: "epoch" | number };
  readonly #files = new Map<Part, EventFile>();
  /** Part of the names of this training's files; null before there is any. */
  #line: string | null = null;
  /** Another line of files, whose place this one takes. */
  #givenUp: string | null = null;
  /** Bytes that a resumed training had written, of files that are not open yet. */
  readonly #written = new Map<string, number>();
  /** Batches of training since `fit` began, over all resumes. */
  #batches = 0;
  #epochBegan = { milliseconds: 0, iteration: 0 };
  #batchBegan = 0;

  /** @param logDir folder of the logs. Default "logs" */
  constructor(logDir: FilePath = "logs", options?: TensorBoardOptions) {
    super();
    checkArguments("TensorBoard", ["logDir"], logDir);
    this.logDir = pathOf(logDir, "TensorBoard.logDir");
    this.options = resolveOptions("TensorBoard", TENSOR_BOARD_FIELDS, options as never);
    // Without anything to write after batches, the loop prepares no logs for it.
    if (this.options.updateFreq !== "epoch") return;
    this.onTrainBatchBegin = Callback.prototype.onTrainBatchBegin;
    this.onTrainBatchEnd = Callback.prototype.onTrainBatchEnd;
  }

  override async onTrainBegin(_logs: Logs, context: CallbackContext): Promise<void> {
    const { newLine, newestLine } = await loadFiles();
    this.#files.clear();
    this.#written.clear();
    this.#batches = 0;
    this.#line = await newLine();
    // A training that goes on from its very beginning was killed before its first checkpoint: its points are in the way.
    const again = context.resumed !== null && this.#iteration === 0;
    this.#givenUp = again ? await newestLine(context.files, this.#folder("train")) : null;
    const { embeddingsFreq, embeddingsMetadata } = this.options;
    if (embeddingsFreq > 0) {
      await this.#onDisk(() =>
        writeProjectorConfig(context.files, this.logDir, this.model.layers ?? [], embeddingsMetadata),
      );
    }
    // Where a resumed training stands is not known yet: setState comes later.
    if (context.resumed === null) await this.#open("train", context);
  }

  override onEpochBegin(): void {
    this.#epochBegan = { milliseconds: performance.now(), iteration: this.#iteration };
  }

  override onTrainBatchBegin(_batch: number, _logs: Logs, _context: CallbackContext): void | Promise<void> {
    this.#batchBegan = performance.now();
  }

  override onTrainBatchEnd(_batch: number, logs: Logs, context: CallbackContext): void | Promise<void> {
    this.#batches++;
    const { updateFreq, writeStepsPerSecond } = this.options;
    if (updateFreq === "epoch" || this.#batches % updateFreq !== 0) return;
    const speed = writeStepsPerSecond ? { steps_per_second: perSecond(1, this.#batchBegan) } : {};
    return this.#scalars("train", this.#batches, named("batch_", { ...speed, ...logs }), context);
  }

  override async onTestEnd(logs: Logs, context: CallbackContext): Promise<void> {
    await this.#scalars("validation", this.#iteration, named("evaluation_", logs, "_vs_iterations"), context);
  }

  override async onEpochEnd(epoch: number, logs: Logs, context: CallbackContext): Promise<void> {
    const { histogramFreq, embeddingsFreq, writeStepsPerSecond } = this.options;
    const [training, validation]: Logs[] = [{}, {}];
    for (const [key, value] of Object.entries(logs)) {
      if (key.startsWith("val_")) validation![key.slice(4)] = value;
      else training![key] = value;
    }
    logRates("TensorBoard", this.model, null, training!);
    if (writeStepsPerSecond) {
      const { milliseconds, iteration } = this.#epochBegan;
      training!["steps_per_second"] = perSecond(this.#iteration - iteration, milliseconds);
    }
    await this.#scalars("train", epoch, named("epoch_", training!), context);
    await this.#scalars("validation", epoch, named("epoch_", validation!), context);
    if (histogramFreq > 0 && epoch % histogramFreq === 0) await this.#weights(epoch, context);
    if (embeddingsFreq > 0 && epoch % embeddingsFreq === 0) {
      await this.#open("train", context);
      await this.#onDisk(() => writeEmbeddings(context.files, this.logDir, this.model.layers ?? []));
      const path = joinPath(this.#folder("train"), `keras_embedding.ckpt-${epoch}.weights.h5`);
      context.requestSave({ path, weightsOnly: true });
    }
  }

  override async onTrainEnd(_logs: Logs, context: CallbackContext): Promise<void> {
    // What could not be written before; and a resume with nothing left to write takes over its files all the same.
    for (const part of new Set([...this.#files.keys(), ...this.#written.keys()])) {
      await this.#write(part as Part, 0, [], context);
    }
  }

  override identify(): Json {
    return plainPath(this.logDir);
  }

  override getState(): StateValue {
    const written = new Map(this.#written);
    for (const [part, { bytes }] of this.#files) written.set(part, bytes);
    return { json: { batches: this.#batches, line: this.#line, written: Object.fromEntries(written) }, tensors: {} };
  }

  override setState({ json }: StateValue): void {
    const { batches, line, written } = json as unknown as State;
    this.#batches = batches;
    this.#line = line;
    this.#givenUp = null;
    for (const [part, bytes] of Object.entries(written)) this.#written.set(part, bytes);
  }

  async #weights(epoch: number, context: CallbackContext): Promise<void> {
    const { histogram, images } = await loadFormat();
    const values: EventValue[] = [];
    for (const layer of this.model.layers ?? []) {
      const tensors = await layer.getWeights();
      for (const [i, { path }] of layer.weights.entries()) {
        const tensor = tensors[i]!;
        const tag = path.replaceAll(":", "_");
        const counts = histogramOf(tensor.data as ArrayLike<number | bigint>, PARTS);
        if (counts.notFinite > 0) {
          context.warn(`TensorBoard: "${path}" holds numbers that are not finite; its histograms are without them.`);
        }
        values.push(histogram(`${tag}/histogram`, counts));
        const [first, ...others] = this.options.writeImages ? weightPictures(tensor) : [];
        if (first !== undefined) values.push(await images(`${tag}/image`, [first, ...others]));
      }
    }
    await this.#write("train", epoch, values, context);
  }

  async #scalars(part: Part, step: number, numbers: Logs, context: CallbackContext): Promise<void> {
    const { scalar } = await loadFormat();
    const values = Object.entries(numbers).map(([tag, value]) => scalar(tag, value));
    if (values.length > 0) await this.#write(part, step, values, context);
  }

  /** A full disk does not end the training: points wait until they can be written. */
  async #write(part: Part, step: number, values: readonly EventValue[], context: CallbackContext): Promise<void> {
    const file = await this.#open(part, context);
    const seconds = Date.now() / 1000;
    try {
      await file.add(...(values.length === 0 ? [] : [{ step, seconds, values }]));
    } catch (error) {
      const { message } = fileFailure("write", this.#folder(part), error);
      context.warn(`Training goes on, but TensorBoard waits to write its points: ${message}`);
    }
  }

  #open(part: Part, context: CallbackContext): Promise<EventFile> {
    const open = this.#files.get(part);
    return open === undefined ? this.#onDisk(() => this.#opened(part, context)) : Promise.resolve(open);
  }

  async #opened(part: Part, context: CallbackContext): Promise<EventFile> {
    const { EventFile, newLine } = await loadFiles();
    const folder = this.#folder(part);
    const bytes = this.#written.get(part) ?? 0;
    // evaluate has no onTrainBegin.
    const line = (this.#line ??= await newLine());
    const file = await EventFile.open(context.files, { folder, line, bytes, givenUp: this.#givenUp });
    this.#files.set(part, file);
    if (file.bytes < bytes) {
      context.warn(
        `TensorBoard misses points that were in "${folder}" when the checkpoint was saved; what it shows has a gap.`,
      );
    }
    if (part === "train" && file.bytes === 0 && this.options.writeGraph) await this.#describe(file, context);
    return file;
  }

  /** The graph as Keras writes it, and what the model and its training are as text. */
  async #describe(file: EventFile, context: CallbackContext): Promise<void> {
    const { modelGraph, text } = await loadFormat();
    let model: { readonly [key: string]: Json } | undefined;
    try {
      model = this.model.toJSON?.();
    } catch (error) {
      context.warn(`TensorBoard shows no graph of ${this.model.name}: ${(error as Error).message}`);
    }
    if (model === undefined) return;
    const isDrawn = ["Sequential", "Functional"].includes(model["class_name"] as string);
    const { epochs, steps } = this.params;
    const values = [
      ...(isDrawn ? [modelGraph("keras", JSON.stringify(model))] : []),
      text("model_config", `\`\`\`json\n${JSON.stringify(model, null, 2)}\n\`\`\``),
      text(
        "fit",
        markdownTable(
          ["", ""],
          [
            ["epochs", epochs],
            ["steps an epoch", steps ?? "unknown"],
          ],
        ),
      ),
    ];
    await file.add({ step: 0, seconds: Date.now() / 1000, values });
  }

  async #onDisk<T>(act: () => Promise<T>): Promise<T> {
    try {
      return await act();
    } catch (error) {
      throw error instanceof PawlError ? error : fileFailure("write", this.logDir, error);
    }
  }

  #folder(part: Part): string {
    return joinPath(this.logDir, part);
  }

  /** Steps that the optimizer has made; of several, the first. */
  get #iteration(): number {
    const { model } = this;
    return Object.values(model.optimizers ?? { "": model.optimizer })[0]?.iteration ?? 0;
  }
}

const named = (before: string, logs: Logs, after = ""): Logs =>
  Object.fromEntries(Object.entries(logs).map(([key, value]) => [before + key + after, value]));

const perSecond = (count: number, since: number): number => (1000 * count) / (performance.now() - since);

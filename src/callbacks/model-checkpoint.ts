import { OptionError } from "../core/errors.js";
import { numberFromJson, numberToJson } from "../core/json-number.js";
import {
  bool,
  checkArguments,
  type Field,
  type Fields,
  float,
  nullable,
  type Resolved,
  resolveOptions,
  wrongOption,
} from "../core/options.js";
import { type FilePath, pathOf } from "../core/path-of.js";
import { plainPath } from "../core/paths.js";
import { fixed } from "../core/python-number.js";
import type { Json, StateValue } from "../core/stateful.js";
import { Callback, type CallbackContext, neverFails } from "../training/hooks/callback.js";
import { type KeepOptions, type ResolvedKeep, resolveKeep, retentionPolicy } from "../training/options/keep-options.js";
import type { Logs } from "../training/state/logs.js";
import { checkFields, checkFree } from "./checkpoint-checks.js";
import { type KeptFile, removeOld } from "./checkpoint-retention.js";
import { Monitor, type MonitorOptions, monitorFields } from "./monitor.js";
import { parseTemplate, type Template } from "./template.js";
import { type VerboseOption, verboseField } from "./verbose.js";

export interface ModelCheckpointOptions extends MonitorOptions, VerboseOption {
  /** Save only when the monitored value is the best so far. Default false. */
  saveBestOnly?: boolean;
  /** Save weights (and optimizer state) without the architecture. Default false. */
  saveWeightsOnly?: boolean;
  /** "epoch": save after each epoch; n: after every n batches, counted across epochs. Default "epoch". */
  saveFreq?: "epoch" | number;
  /** With saveBestOnly, the value that the first save must beat. Default null: none. */
  initialValueThreshold?: number | null;
  /** false: an existing file that this run did not write is an error. Default true. */
  overwrite?: boolean;
  /**
   * How many of this run's newest files to keep, or rules for which (their `monitor` defaults to the callback's, and
   * `pinned` are epochs, from 1). Default null: keep all.
   */
  maxToKeep?: number | KeepOptions | null;
  /** true: write while training goes on; false: wait for the file. Default true. */
  async?: boolean;
}

const saveFreqField: Field<"epoch" | number> = {
  default: "epoch",
  parse(value, where) {
    if (value === "epoch") return value;
    if (typeof value !== "number" || !Number.isInteger(value) || value < 1) {
      throw wrongOption(where, '"epoch" or a number of batches', value);
    }
    return value;
  },
};

const FIELDS: Fields<ModelCheckpointOptions> = {
  ...monitorFields,
  verbose: verboseField,
  saveBestOnly: bool(false),
  saveWeightsOnly: bool(false),
  saveFreq: saveFreqField,
  initialValueThreshold: nullable(float()),
  overwrite: bool(true),
  maxToKeep: {
    default: null,
    parse: (value, where) => (value === null ? null : resolveKeep(where, value as number | KeepOptions)),
  },
  async: bool(true),
};

/**
 * Saves the model (or its weights) during training, with everything needed to continue. The path may have
 * placeholders: `{epoch:02d}` (from 1), with a numeric saveFreq `{batch:04d}` (from 1), and any log key, as in
 * `{val_loss:.2f}`. Extensions: `.keras` or `.h5` for whole models, `.weights.h5`, `.h5` or `.safetensors` for
 * weights.
 *
 * Unlike in Keras, the best value survives a resume, keys and formats are checked before training, and an epoch
 * without the monitored value saves nothing under saveBestOnly.
 */
export class ModelCheckpoint extends Callback {
  static readonly className: string = "ModelCheckpoint";
  override readonly addsLogs: readonly string[] = [];
  override readonly watchesOnly = true;
  readonly filepath: string;
  readonly options: Resolved<ModelCheckpointOptions>;
  readonly #monitor: Monitor;
  readonly #template: Template;
  #best: number | null;
  #epoch = 0;
  #batchesSinceSave = 0;
  #lastBatch: number | null = null;
  #files: KeptFile[] = [];
  /** Saves so far. */
  #saves = 0;
  readonly #keep: ResolvedKeep | null;

  /** @throws {OptionError} for wrong options, extensions and placeholders */
  constructor(filepath: FilePath, options?: ModelCheckpointOptions) {
    super();
    this.options = resolveOptions("ModelCheckpoint", FIELDS, options);
    checkArguments("ModelCheckpoint", ["filepath"], filepath);
    this.filepath = pathOf(filepath, "ModelCheckpoint.filepath");
    checkExtension(this.filepath, this.options.saveWeightsOnly);
    this.#template = parseTemplate(this.filepath, "ModelCheckpoint.filepath", ["epoch", "batch"]);
    this.#monitor = new Monitor("ModelCheckpoint", this.options);
    this.#best = this.options.initialValueThreshold;
    const keep = options?.maxToKeep ?? null;
    this.#keep = keep === null ? null : resolveKeep("ModelCheckpoint.maxToKeep", keep, this.options.monitor);
  }

  /** The best value so far; null before the first. */
  get best(): number | null {
    return this.#best;
  }

  override async onTrainBegin(_logs: Logs, context: CallbackContext): Promise<void> {
    const { overwrite, saveBestOnly, saveFreq } = this.options;
    if (saveBestOnly) this.#monitor.prepare(this.params, saveFreq !== "epoch");
    checkFields(this.#template.fields, this.params, saveFreq !== "epoch");
    if (context.resumed === null) {
      const written = overwrite ? null : new Set(this.#files.map(({ path }) => path));
      await checkFree(this.#template, this.params, written, context);
    }
  }

  override onEpochBegin(epoch: number): void {
    this.#epoch = epoch;
  }

  override onTrainBatchEnd(batch: number, logs: Logs, context: CallbackContext): void {
    const { saveFreq } = this.options;
    if (saveFreq === "epoch") return;
    const isNewEpoch = this.#lastBatch === null || batch <= this.#lastBatch;
    this.#batchesSinceSave += isNewEpoch ? batch + 1 : batch - this.#lastBatch!;
    this.#lastBatch = batch;
    if (this.#batchesSinceSave < saveFreq) return;
    this.#batchesSinceSave = 0;
    this.#save(this.#epoch, batch, logs, context);
  }

  override onEpochEnd(epoch: number, logs: Logs, context: CallbackContext): void {
    if (this.options.saveFreq === "epoch") this.#save(epoch, null, logs, context);
  }

  override identify(): Json {
    const filepath = plainPath(this.filepath);
    return this.options.saveBestOnly ? { filepath, ...this.#monitor.identify() } : { filepath };
  }

  override getState(): StateValue {
    return {
      json: {
        best: this.#best === null ? null : numberToJson(this.#best),
        epoch: this.#epoch,
        batchesSinceSave: this.#batchesSinceSave,
        lastBatch: this.#lastBatch,
        saves: this.#saves,
        files: this.#files.map((file) => ({ ...file, score: file.score === null ? null : numberToJson(file.score) })),
      },
      tensors: {},
    };
  }

  override setState({ json }: StateValue): void {
    const state = json as unknown as {
      readonly best: Json;
      readonly epoch: number;
      readonly batchesSinceSave: number;
      readonly lastBatch: number | null;
      readonly saves: number;
      readonly files: readonly (Omit<KeptFile, "score"> & { readonly score: Json })[];
    };
    this.#best = state.best === null ? null : numberFromJson(state.best);
    this.#epoch = state.epoch;
    this.#batchesSinceSave = state.batchesSinceSave;
    this.#lastBatch = state.lastBatch;
    this.#saves = state.saves;
    this.#files = state.files.map((file) => ({
      ...file,
      score: file.score === null ? null : numberFromJson(file.score),
    }));
  }

  #save(epoch: number, batch: number | null, logs: Logs, context: CallbackContext): void {
    const path = this.#due(epoch, batch, logs, context);
    if (path === null) return;
    const { async, overwrite, saveWeightsOnly, verbose } = this.options;
    const others = this.#files.filter((file) => file.path !== path);
    const own = others.length < this.#files.length;
    const score = (this.#keep === null ? undefined : logs[this.#keep.monitor]) ?? null;
    const finite = Number.isFinite(logs["loss"] ?? 0);
    this.#files = [...others, { path, ordinal: this.#saves++, step: epoch + 1, finite, score }];
    context.requestSave({
      path,
      weightsOnly: saveWeightsOnly,
      // A resumed run may find files that it wrote after the state it resumed from.
      overwrite: overwrite || own || context.resumed !== null,
      async,
      saved: async () => {
        if (verbose > 0) context.print(`\nEpoch ${epoch + 1}: finished saving model to ${path}\n`);
        if (this.#keep === null) return;
        const policy = retentionPolicy(this.#keep, this.params.logs);
        const gone = await removeOld(this.#files, path, policy, context);
        this.#files = this.#files.filter((file) => !gone.has(file.path));
      },
    });
  }

  /** The path to save to, or null when no save is due. */
  #due(epoch: number, batch: number | null, logs: Logs, context: CallbackContext): string | null {
    const { saveBestOnly, verbose } = this.options;
    const say = (message: string): void => {
      if (verbose > 0) context.print(`\nEpoch ${epoch + 1}: ${message}\n`);
    };
    if (!saveBestOnly) {
      const path = this.#pathOf(epoch, batch, logs, context);
      if (path !== null) say(`saving model to ${path}`);
      return path;
    }
    const current = this.#monitor.read(logs, this.params, context);
    if (current === undefined) return null;
    const best = this.#best === null ? "None" : fixed(this.#best, 5);
    if (!this.#monitor.isBetter(current, this.#best)) {
      say(`${this.#monitor.key} did not improve from ${best}`);
      return null;
    }
    const path = this.#pathOf(epoch, batch, logs, context);
    if (path === null) return null;
    say(`${this.#monitor.key} improved from ${best} to ${fixed(current, 5)}, saving model to ${path}`);
    this.#best = current;
    return path;
  }

  /** Null, with a warning, when the logs lack a value that the path needs: an impossible save never ends a training. */
  #pathOf(epoch: number, batch: number | null, logs: Logs, context: CallbackContext): string | null {
    const values = new Map(Object.entries(logs));
    if (batch !== null && !values.has("batch")) values.set("batch", batch + 1);
    values.set("epoch", epoch + 1);
    const missing = this.#template.fields.find((field) => !values.has(field));
    if (missing === undefined) return this.#template.format(values);
    context.warn(
      `ModelCheckpoint saved nothing at the end of epoch ${epoch + 1}: these logs have no {${missing}} for "${this.filepath}". There are ${[...values.keys()].join(", ")}.`,
    );
    return null;
  }
}

function checkExtension(path: string, weightsOnly: boolean): void {
  const allowed = weightsOnly ? [".weights.h5", ".h5", ".safetensors"] : [".keras", ".h5"];
  if (allowed.some((extension) => path.endsWith(extension))) return;
  throw new OptionError({
    code: "checkpoint-extension",
    what: `ModelCheckpoint cannot save ${weightsOnly ? "weights" : "a model"} to this kind of file`,
    received: JSON.stringify(path),
    expected: `a path that ends in ${allowed.map((extension) => `"${extension}"`).join(" or ")}`,
  });
}

neverFails(ModelCheckpoint.prototype.onTrainBatchEnd);

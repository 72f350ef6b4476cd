import { PawlError } from "../core/errors.js";
import { numberToJson } from "../core/json-number.js";
import { checkArguments, type Fields, int, type Resolved, resolveOptions } from "../core/options.js";
import { type FilePath, pathOf } from "../core/path-of.js";
import { folderOf, plainPath } from "../core/paths.js";
import type { Json, StateValue } from "../core/stateful.js";
import { VERSION } from "../core/version.js";
import { commitFile, fileFailure } from "../store/index.js";
import { RECORD_FORMAT } from "../store/record/events.js";
import { Callback, type CallbackContext } from "../training/hooks/callback.js";
import type { Logs } from "../training/state/logs.js";
import { AppendedFile } from "./appended-file.js";
import { logRates } from "./learning-rate.js";

export interface RunLogOptions {
  /** Write every n-th batch too, counted by steps. Default 0: only epochs. */
  batches?: number;
}

const FIELDS: Fields<RunLogOptions> = { batches: int({ min: 0 }, { default: 0 }) };

/**
 * Writes the lines of a run's record, as `docs/runs.md` describes them, to a file of your own: `start`, `epoch`, `batch` and
 * `stop`. For trainings without the option `run`, whose folder has a record anyway. A new training replaces the file. A
 * resumed one goes on where its checkpoint stood, so that each step is there once.
 */
export class RunLog extends Callback {
  static readonly className: string = "RunLog";
  override readonly addsLogs: readonly string[] = [];
  override readonly watchesOnly = true;
  readonly path: string;
  readonly options: Resolved<RunLogOptions>;
  #file: AppendedFile | null = null;
  /** Bytes of the file that this process began with. */
  #kept = 0;
  /** Bytes that count, where a resumed training stood; null: it says nothing of this file. */
  #stood: number | null = null;
  #epoch = 0;
  #batch = 0;
  /** Where this process began. */
  #from = { step: 0, epoch: 0, batch: 0 };
  #epochBegan = 0;
  /** Step and time of the last line of a batch of this process. */
  #last: { readonly step: number; readonly at: number } | null = null;

  constructor(path: FilePath, options?: RunLogOptions) {
    super();
    checkArguments("RunLog", ["path"], path);
    this.path = pathOf(path, "RunLog.path");
    this.options = resolveOptions("RunLog", FIELDS, options);
    // Without lines of batches, the loop prepares no logs for them.
    if (this.options.batches === 0) this.onTrainBatchEnd = Callback.prototype.onTrainBatchEnd;
  }

  override async onTrainBegin(_logs: Logs, context: CallbackContext): Promise<void> {
    this.#file = null;
    this.#epoch = this.params.initialEpoch;
    this.#batch = 0;
    this.#from = { step: this.#step, epoch: this.#epoch, batch: 0 };
    this.#last = null;
    // A training that goes on from its very beginning was killed before its first checkpoint.
    this.#stood = context.resumed === null || this.#step === 0 ? 0 : null;
    // Where others stand is not known yet: setState comes later.
    if (context.resumed === null) await this.#write(context);
  }

  override onEpochBegin(epoch: number): void {
    this.#epoch = epoch;
    this.#epochBegan = performance.now();
  }

  override onTrainBatchEnd(batch: number, logs: Logs, context: CallbackContext): void | Promise<void> {
    const step = this.#step;
    this.#batch = batch + 1;
    if (step % this.options.batches !== 0) return;
    const at = performance.now();
    const stepMs = this.#last === null ? null : rounded((at - this.#last.at) / (step - this.#last.step));
    this.#last = { step, at };
    return this.#write(context, "batch", { epoch: this.#epoch, batch: batch + 1, ...this.#numbers(logs), stepMs });
  }

  override async onEpochEnd(epoch: number, logs: Logs, context: CallbackContext): Promise<void> {
    const seconds = rounded((performance.now() - this.#epochBegan) / 1000);
    this.#epoch = epoch + 1;
    this.#batch = 0;
    await this.#write(context, "epoch", { epoch, ...this.#numbers(logs), seconds });
  }

  override async onTrainEnd(_logs: Logs, context: CallbackContext): Promise<void> {
    const finished = this.#epoch >= this.params.epochs;
    const why = this.model.stopTraining ? "callback" : finished ? "finished" : "signal";
    await this.#write(context, "stop", { why, by: null });
  }

  override identify(): Json {
    return plainPath(this.path);
  }

  override getState(): StateValue {
    const bytes = this.#file === null ? this.#stood : this.#kept + this.#file.added;
    return { json: bytes === null ? null : { bytes, epoch: this.#epoch, batch: this.#batch }, tensors: {} };
  }

  override setState({ json }: StateValue): void {
    const { bytes, epoch, batch } = json as { readonly [key in "bytes" | "epoch" | "batch"]: number };
    this.#stood = bytes;
    this.#epoch = epoch;
    this.#batch = batch;
    this.#from = { ...this.#from, epoch, batch };
  }

  get #step(): number {
    const { model } = this;
    return Object.values(model.optimizers ?? { "": model.optimizer })[0]?.iteration ?? 0;
  }

  #numbers(logs: Logs): { readonly [key in "logs" | "rates"]: Json } {
    const rates: Logs = {};
    logRates("RunLog", this.model, null, rates);
    return { logs: jsonOf(logs), rates: jsonOf(rates) };
  }

  /** A full disk does not end the training: lines wait until they can be written. */
  async #write(context: CallbackContext, event?: string, members?: { readonly [key: string]: Json }): Promise<void> {
    this.#file ??= await this.#opened(context);
    const lines = event === undefined ? [] : [line(event, this.#step, members!)];
    try {
      await this.#file.add(...lines);
    } catch (error) {
      const { message } = fileFailure("write", this.path, error);
      context.warn(`Training goes on, but RunLog waits to write its lines: ${message}`);
    }
  }

  async #opened({ files, resumed }: CallbackContext): Promise<AppendedFile> {
    try {
      await files.makeFolder(folderOf(this.path));
      const before = (await files.stat(this.path)) === undefined ? new Uint8Array(0) : await files.readFile(this.path);
      const whole = before.subarray(0, this.#stood ?? before.length);
      // A line that a killed process left half written goes.
      const kept = whole.subarray(0, whole.lastIndexOf(0x0a) + 1);
      if (kept.length !== before.length || before.length === 0) await commitFile(files, this.path, kept);
      this.#kept = kept.length;
      const file = new AppendedFile(files, this.path);
      await file.add(this.#start(resumed !== null));
      return file;
    } catch (error) {
      throw error instanceof PawlError ? error : fileFailure("write", this.path, error);
    }
  }

  #start(resumes: boolean): Uint8Array {
    const { epochs, steps } = this.params;
    const { step, ...place } = this.#from;
    return line("start", step, {
      format: RECORD_FORMAT,
      kind: "fit",
      ...place,
      resumes,
      turnsBack: false,
      parent: null,
      changes: [],
      epochs,
      steps,
      pawl: VERSION,
      config: { model: this.#described() },
    });
  }

  /** null for a model that has parts which cannot be described. */
  #described(): Json {
    try {
      return this.model.toJSON?.() ?? null;
    } catch {
      return null;
    }
  }
}

const line = (event: string, step: number, members: { readonly [key: string]: Json }): Uint8Array =>
  new TextEncoder().encode(`${JSON.stringify({ event, time: Date.now(), step, ...members })}\n`);

const jsonOf = (logs: Logs): Json =>
  Object.fromEntries(Object.entries(logs).map(([key, value]) => [key, numberToJson(value)]));

const rounded = (value: number): number => Math.round(value * 1000) / 1000;

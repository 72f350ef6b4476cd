import type { Logs } from "../state/logs.js";
import { Callback, neverFails } from "./callback.js";
import { Progbar } from "./progbar.js";
import { type Clock, type ProgressOutput, standardOutput, systemClock } from "./progress-output.js";

/**
 * Shows progress as Keras's ProgbarLogger does. The loop adds it after the user's callbacks; `params.verbose` says how
 * much it prints. Validation inside `fit` is silent.
 */
export class ProgressLogger extends Callback {
  override readonly addsLogs: readonly string[] = [];
  readonly #output: ProgressOutput;
  readonly #clock: Clock;
  #inFit = false;
  #seen = 0;
  /** Steps per epoch, learned at the end of the first one when unknown before. */
  #learned: number | null = null;
  #bar: Progbar | null = null;

  constructor(output: ProgressOutput = standardOutput(), clock: Clock = systemClock) {
    super();
    this.#output = output;
    this.#clock = clock;
  }

  override onTrainBegin(): void {
    this.#inFit = true;
  }

  override onEpochBegin(epoch: number): void {
    const { verbose, epochs } = this.params;
    this.#begin();
    if (verbose !== 0 && epochs > 1) this.#output.write(`Epoch ${epoch + 1}/${epochs}\n`);
  }

  override onTrainBatchBegin(batch: number): void {
    // In an epoch resumed in the middle, the steps before do not count for the times.
    if (this.#seen === 0 && batch > 0) this.#begin(batch);
  }

  override onTrainBatchEnd(batch: number, logs: Logs): void {
    this.#update(batch, logs);
  }

  override onEpochEnd(_epoch: number, logs: Logs): void {
    this.#finish(logs);
  }

  override onTestBegin(): void {
    if (!this.#inFit) this.#begin();
  }

  override onTestBatchEnd(batch: number, logs: Logs): void {
    if (!this.#inFit) this.#update(batch, logs);
  }

  override onTestEnd(logs: Logs): void {
    if (!this.#inFit) this.#finish(logs);
  }

  override onPredictBegin(): void {
    this.#begin();
  }

  override onPredictBatchEnd(batch: number): void {
    this.#update(batch, {});
  }

  override onPredictEnd(): void {
    this.#finish({});
  }

  /** Where nothing can be redrawn, the bar becomes one line per epoch. */
  get #verbose(): 0 | 1 | 2 {
    const { verbose } = this.params;
    return verbose === 1 && !this.#output.isTerminal ? 2 : verbose;
  }

  /** The batch keys first, as where every batch is shown; within each group, in the order of all logs. */
  #asShown(logs: Logs): Logs {
    const ofBatches = new Set(this.params.logs.filter(({ batch }) => batch).map(({ key }) => key));
    const entries = Object.entries(logs);
    const first = entries.filter(([key]) => ofBatches.has(key));
    return Object.fromEntries([...first, ...entries.filter(([key]) => !ofBatches.has(key))]);
  }

  #begin(done = 0): void {
    const { steps } = this.params;
    this.#seen = done;
    const target = steps ?? this.#learned;
    this.#bar = new Progbar({ target, verbose: this.#verbose, output: this.#output, clock: this.#clock, done });
  }

  #update(batch: number, logs: Logs): void {
    this.#seen = batch + 1;
    if (this.#verbose === 1) this.#bar?.update(this.#seen, logs, false);
  }

  /** Ends with a full bar; if the number of steps was unknown, it is the number seen. */
  #finish(logs: Logs): void {
    if (this.#bar === null) return;
    this.#learned ??= this.#seen;
    this.#bar.target ??= this.#learned;
    this.#bar.update(this.#bar.target, this.#asShown(logs), true);
    this.#bar = null;
  }
}

/** The callbacks of a loop and, unless one of them shows it or nothing is to be shown, its progress. */
export function withProgress(
  callbacks: readonly Callback[],
  verbose: 0 | 1 | 2 | "auto" | undefined,
  output: ProgressOutput,
): readonly Callback[] {
  const shown = verbose === 0 || callbacks.some((callback) => callback instanceof ProgressLogger);
  return shown ? callbacks : [...callbacks, new ProgressLogger(output)];
}

neverFails(ProgressLogger.prototype.onTrainBatchEnd);

import type { Json } from "../../core/stateful.js";
import type { Vfs } from "../../core/vfs.js";
import type { Writer } from "../../store/index.js";
import type { Measures } from "../compile/measures.js";
import { Cursor } from "../data/cursor.js";
import type { Source } from "../data/source.js";
import type { CallbackParams, TrainingModel } from "../hooks/callback.js";
import { withAddedLogs } from "../hooks/callback.js";
import { CallbackList } from "../hooks/callback-list.js";
import { History, type HistoryMark } from "../hooks/history.js";
import { LoopContext } from "../hooks/loop-context.js";
import { PendingSaves } from "../hooks/pending-saves.js";
import { withProgress } from "../hooks/progress.js";
import { standardOutput } from "../hooks/progress-output.js";
import { reportFailedSave } from "../hooks/report-failed-save.js";
import type { ModelBatch } from "../state/batch.js";
import type { LogKey } from "../state/logs.js";
import type { Ending, HistoryState } from "../state/train-state.js";
import type { Savable, SaveHandler } from "../step/savable.js";
import type { Trainer } from "../step/trainer.js";
import type { ResolvedFit } from "./fit-options.js";
import type { Start } from "./starting-point.js";

/** The outside services that a loop uses. */
export interface Services {
  readonly files: Vfs;
  readonly saver: SaveHandler;
  /** What callbacks write to, where it is not `files`. */
  readonly callbackFiles?: Vfs;
  /** Writes checkpoints to `files`. */
  readonly writer: Writer;
  /** A model without its tensors, as plain data; run folders store it, so that `pawl export` can make model files. */
  readonly describe: (model: Savable) => Json;
}

/** Everything that the parts of one call of `fit` share. */
export interface SessionParts {
  readonly trainer: Trainer;
  /** What callbacks get as `this.model`. */
  readonly model: TrainingModel;
  readonly source: Source;
  readonly options: ResolvedFit;
  readonly batchSize: number;
  readonly services: Services;
  readonly start: Start;
  /** Everything besides the state that the results depend on. */
  readonly identity: Json;
  readonly machine: Readonly<Record<string, string>>;
}

const NO_HISTORY: HistoryState = { epoch: [], history: {} };

/** The cuts of a training. */
export interface Cuts {
  /** Takes a cut: the state is consistent now. Null when there is nothing to wait for. */
  take(): Promise<void> | null;
  /** Runs a task with the model as it was at the last cut; the task copies what it keeps before its first await. */
  atCut<T>(task: () => T): Promise<Awaited<T>>;
  /** Sets all variables back to their values at the cut. */
  restoreVariables(): Promise<void>;
  /**
   * Ends the training with model and counters as at the last cut: later changes, up to a failure, are undone.
   * @param failed whether the training failed; then only that error is thrown
   */
  end(failed: boolean): Promise<void>;
}

/** The live state of a training: its position, its callbacks and its data. */
export class Session {
  readonly parts: SessionParts;
  readonly history: History;
  readonly context: LoopContext;
  readonly callbacks: CallbackList;
  /** Set from the first hook on. */
  lastCut: Cuts | null = null;
  /** Saves that run while training goes on. */
  readonly saves: PendingSaves;
  /** The current pass through the data. */
  cursor: Cursor | null = null;
  epoch: number;
  /** Batches done in this epoch. */
  batch: number;
  /** Passes begun. */
  pass: number;
  /** A callback has ended the training. */
  stopped: boolean;
  sawNaN = false;
  /** What asked the training to end: a signal, or somebody by a request in the run folder. */
  interrupted: string | null = null;
  /** Whether it was somebody, by a request. */
  asked = false;
  /** Called with each warning. */
  onWarning: (text: string) => void = () => undefined;
  /** The part of the history that belongs to an earlier call, whose last epoch ends in this call. */
  hidden: HistoryMark | null = null;
  #measures: Measures | null = null;
  /** Epochs of earlier calls that this call continues. */
  #earlier: HistoryState;

  constructor(parts: SessionParts) {
    const { options, services, start, trainer } = parts;
    this.parts = parts;
    this.epoch = start.epoch;
    this.batch = start.batch;
    this.pass = start.pass;
    this.stopped = start.stopped;
    const output = standardOutput();
    this.context = new LoopContext({
      files: services.callbackFiles ?? services.files,
      print: (text) => output.write(text),
      flush: () => this.saves.flush(),
      warned: (text) => this.onWarning(text),
    });
    this.saves = new PendingSaves((what, error) => reportFailedSave((text) => this.context.warn(text), what, error));
    this.context.resumed = start.resumes ? { epoch: start.epoch } : null;
    this.history = options.callbacks.find((one) => one instanceof History) ?? new History();
    this.history.begin();
    const given = options.callbacks.filter((one) => one !== this.history);
    this.callbacks = new CallbackList([...withProgress(given, options.verbose, output), this.history], this.context);
    this.#earlier = start.resumes && !start.wholeHistory ? trainer.state.history : NO_HISTORY;
  }

  /** Nothing is left to train: only the hooks of begin and end run. */
  get idle(): boolean {
    const { start, options } = this.parts;
    return start.finished || start.epoch >= options.epochs;
  }

  /** Batches per epoch; null when unknown. */
  get steps(): number | null {
    const { options, source, batchSize } = this.parts;
    return options.stepsPerEpoch ?? source.dataset.batchesPerPass(batchSize);
  }

  get measures(): Measures {
    return this.#measures!;
  }

  /** Gives the callbacks their model and parameters. */
  begin(measures: Measures, validates: boolean): void {
    this.#measures = measures;
    const { options, model, start } = this.parts;
    const keys = measures.logKeys("train");
    const { own } = this.parts.trainer;
    const tested = own.train || own.test ? measures.logKeys("test") : keys;
    // A number that training makes smaller is better smaller in an evaluation too.
    const trained = new Map(keys.map(({ key, direction }) => [key, direction]));
    const validation = tested.map(
      ({ key, direction }): LogKey => ({
        key: `val_${key}`,
        direction: direction ?? trained.get(key) ?? null,
        batch: false,
      }),
    );
    const params: CallbackParams = {
      epochs: options.epochs,
      initialEpoch: start.epoch,
      steps: this.steps,
      verbose: options.verbose,
      ...withAddedLogs(
        [...keys, ...(validates ? validation : [])],
        this.callbacks.callbacks,
        this.parts.trainer.optimizers.flatMap(({ name, optimizer }) =>
          optimizer.rated.map((one) => (one === optimizer ? name : one.name)),
        ),
      ),
    };
    this.callbacks.begin(model, params);
  }

  /** Opens the next pass: a new one, or the one that the start continues. */
  openPass(position: number | null, state: Json): Cursor {
    const { source, options, batchSize, trainer } = this.parts;
    const pass = position === null ? this.pass++ : this.pass - 1;
    this.cursor = new Cursor(source, {
      batchSize,
      shuffle: options.shuffle,
      seed: trainer.state.seed,
      pass,
      training: true,
      from: position ?? 0,
      ...(state === null ? {} : { state }),
    });
    return this.cursor;
  }

  /** A batch to learn shapes from; the current pass is not touched. */
  async anyBatch(): Promise<ModelBatch | null> {
    const { source, batchSize } = this.parts;
    const cursor = new Cursor(source, { batchSize, shuffle: false, seed: 0, pass: 0 });
    const batch = await cursor.peek();
    await cursor.close();
    return batch;
  }

  /** Puts the epochs of an earlier call at the start of the history. */
  takeHistory({ epoch, history }: HistoryState): void {
    this.history.epoch = [...epoch];
    this.history.history = Object.fromEntries(Object.entries(history).map(([key, values]) => [key, [...values]]));
  }

  async closePass(): Promise<void> {
    const { cursor } = this;
    this.cursor = null;
    await cursor?.close();
  }

  /** How a callback ended the training, now or in an earlier call; null when none did. */
  get ending(): Ending | null {
    if (!this.stopped) return null;
    const { stoppedBy } = this.callbacks;
    const { start, trainer, options } = this.parts;
    if (stoppedBy === null && start.stopped) return trainer.state.ending;
    return { epochs: options.epochs, by: stoppedBy === null ? [] : [stoppedBy] };
  }

  /** The history up to a mark, with the epochs of earlier calls that this one continues. */
  historyUpTo({ epochs, lengths }: HistoryMark): HistoryState {
    const history: Record<string, readonly number[]> = { ...this.#earlier.history };
    for (const [key, length] of Object.entries(lengths))
      history[key] = [...(history[key] ?? []), ...(this.history.history[key] ?? []).slice(0, length)];
    return { epoch: [...this.#earlier.epoch, ...this.history.epoch.slice(0, epochs)], history };
  }
}

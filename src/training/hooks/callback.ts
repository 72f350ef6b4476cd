import type { Resolved } from "../../core/options.js";
import { type Json, NO_STATE, type Stateful, type StateValue } from "../../core/stateful.js";
import type { Tensor } from "../../core/tensor.js";
import type { Vfs } from "../../core/vfs.js";
import type { ResolvedRun } from "../options/run-options.js";
import type { LogKey, Logs } from "../state/logs.js";

/** The plan of a training; given to every callback before the first hook. */
export interface CallbackParams {
  /** Number of the final epoch, as in `fit`. */
  readonly epochs: number;
  /** Zero-based epoch that this call starts with. */
  readonly initialEpoch: number;
  /** Batches per epoch; null when unknown until the data ends. */
  readonly steps: number | null;
  readonly verbose: 0 | 1 | 2;
  /** All keys that the logs will have, including those that callbacks add ({@link withAddedLogs}). */
  readonly logs: readonly LogKey[];
  /** Whether a callback may add further keys. */
  readonly logsMayGrow: boolean;
}

/** A file that a callback asks for. The loop saves one snapshot after all hooks of the event have run. */
export interface SaveRequest {
  /** Path of the file; its extension names the format. */
  readonly path: string;
  /** true: only the weights. Default false: the whole model. */
  readonly weightsOnly?: boolean;
  /**
   * false: an existing file is an error. Default true. A callback passes true for files it wrote itself.
   */
  readonly overwrite?: boolean;
  /** false: training waits until the file is durable. Default true. */
  readonly async?: boolean;
  /** Called when the file is durable. */
  readonly saved?: () => void | Promise<void>;
}

/** The same with its defaults. */
export type RequestedSave = Omit<Resolved<SaveRequest>, "saved"> &
  Pick<SaveRequest, "saved"> & {
    /** The callback that asked for the file. */
    readonly by: unknown;
  };

/** What a hook can ask of the loop. */
export interface CallbackContext {
  /** Asks for a save at the next cut. Allowed in onTrainBatchEnd, onEpochEnd and onTrainEnd. */
  requestSave(request: SaveRequest): void;
  /** Resolves when every save requested at earlier cuts is durable. */
  flush(): Promise<void>;
  /** Prints text unchanged, in order with the progress output; the caller adds line ends. */
  print(text: string): void;
  /** Reports something the user should know, once per text. */
  warn(text: string): void;
  /** Where callbacks read and write files. */
  readonly files: Vfs;
  /** Not null when this training resumes from saved state; `epoch` (from 0) is where it resumes. */
  readonly resumed: { readonly epoch: number } | null;
}

/** The learning rate as callbacks see it. */
export interface LearningRateHandle {
  numpy(): number;
  assign(value: number): void;
}

/** The part of an optimizer that callbacks need. */
export interface TrainingOptimizer {
  readonly name: string;
  readonly learningRate: LearningRateHandle;
  /** True when a schedule computes the rate, which then cannot be assigned. */
  readonly hasSchedule: boolean;
  /** Steps made so far. */
  readonly iteration?: number;
  /** Whether the optimizer keeps averages of the weights. */
  readonly hasAverages?: boolean;
  /** Whether weights and averages have been exchanged; see {@link swapAverages}. */
  averagesSwapped?: boolean;
  /** Exchanges the weights and their averages. */
  swapAverages?(): void;
}

/** The part of a layer that callbacks need. */
export interface TrainingLayer {
  readonly name: string;
  readonly weights: readonly { readonly path: string }[];
  /** Copies of all weights, in the order of `weights`. */
  getWeights(): Promise<Tensor[]>;
}

/** The part of a model that callbacks need. */
export interface TrainingModel {
  readonly name: string;
  /** Set to true in a hook to end training after the hooks of this epoch (validation still runs). */
  stopTraining: boolean;
  /** @throws {StateError} where there are several */
  readonly optimizer: TrainingOptimizer;
  /** All optimizers by name; absent: the only one. */
  readonly optimizers?: { readonly [name: string]: TrainingOptimizer };
  /** Absent where the loop trains no network. */
  readonly layers?: readonly TrainingLayer[];
  /** The model as Keras's `to_json` describes it. */
  toJSON?(): { readonly [key: string]: Json };
  /** Copies of all weights in Keras's order. */
  getWeights(): Promise<Tensor[]>;
  setWeights(weights: readonly Tensor[]): Promise<void>;
}

type Done = void | Promise<void>;

/**
 * Base of all callbacks: override the hooks you need. Hooks may be async and are awaited, in the order of the list.
 *
 * Keep what a callback remembers between hooks in its state (`getState`, `setState`), so that it survives a resume. A
 * resumed training runs `onTrainBegin` first and then `setState`.
 * @typeParam M type of `this.model`
 */
export class Callback<M extends TrainingModel = TrainingModel> implements Stateful {
  /**
   * Keys that this callback adds to the logs of epochs; null (the default): it may add any. Monitored keys are checked
   * against them before training.
   */
  readonly addsLogs: readonly string[] | null = null;

  /**
   * True for callbacks that only watch or save: the training is the same without them, so a resume does not warn when
   * one is missing.
   */
  readonly watchesOnly: boolean = false;

  /** Not null on a callback that saves the training to a run folder, as the option `run` does. */
  readonly durable: ResolvedRun | null = null;

  #model: M | null = null;
  #params: CallbackParams | null = null;

  /** The model in training. Only valid inside hooks. */
  get model(): M {
    return this.#model!;
  }

  get params(): CallbackParams {
    return this.#params!;
  }

  setModel(model: M): void {
    this.#model = model;
  }

  setParams(params: CallbackParams): void {
    this.#params = params;
  }

  /**
   * What distinguishes this callback from others of its class, as plain data: a path, what it monitors, a name. Saved
   * state goes to the callback with the same identity, wherever it is in the list. Called after `onTrainBegin`.
   * Default null: enough where there is one callback of the class.
   */
  identify(): Json {
    return null;
  }

  getState(): StateValue | Promise<StateValue> {
    return NO_STATE;
  }

  setState(_state: StateValue): Done {}

  /** Before the first epoch; on a resume too. */
  onTrainBegin(_logs: Logs, _context: CallbackContext): Done {}
  /** After the last epoch, with its logs. */
  onTrainEnd(_logs: Logs, _context: CallbackContext): Done {}
  /** Before the first batch of an epoch; `epoch` counts from 0. */
  onEpochBegin(_epoch: number, _logs: Logs, _context: CallbackContext): Done {}
  /** After an epoch and its validation, with the logs of both; keys added to them appear in the history. */
  onEpochEnd(_epoch: number, _logs: Logs, _context: CallbackContext): Done {}
  /** Before a batch of training; `batch` counts from 0 in each epoch. */
  onTrainBatchBegin(_batch: number, _logs: Logs, _context: CallbackContext): Done {}
  /** After a batch of training, with the means of the epoch so far. */
  onTrainBatchEnd(_batch: number, _logs: Logs, _context: CallbackContext): Done {}
  /** Before `evaluate`, and before each validation. */
  onTestBegin(_logs: Logs, _context: CallbackContext): Done {}
  /** After `evaluate`, and after each validation, with the logs. */
  onTestEnd(_logs: Logs, _context: CallbackContext): Done {}
  /** Before a batch of an evaluation or validation. */
  onTestBatchBegin(_batch: number, _logs: Logs, _context: CallbackContext): Done {}
  /** After a batch of an evaluation or validation, with the means so far. */
  onTestBatchEnd(_batch: number, _logs: Logs, _context: CallbackContext): Done {}
  /** Before `predict`. */
  onPredictBegin(_logs: Logs, _context: CallbackContext): Done {}
  /** After `predict`. */
  onPredictEnd(_logs: Logs, _context: CallbackContext): Done {}
  /** Before a batch of `predict`. */
  onPredictBatchBegin(_batch: number, _logs: Logs, _context: CallbackContext): Done {}
  /** After a batch of `predict`; `logs.outputs` holds the tensors. */
  onPredictBatchEnd(_batch: number, _logs: Logs, _context: CallbackContext): Done {}
}

/** The name of a callback's class; with {@link Callback.identify} it tells a resume which state belongs to which. */
export function callbackName(callback: Callback): string {
  const cls = callback.constructor as unknown as { readonly className?: string; readonly name: string };
  return cls.className ?? cls.name;
}

const harmless = new WeakSet<object>();

/**
 * Marks one of the library's own hooks as one that cannot fail and does not touch the model. With only such hooks at
 * the end of a batch, a step may overwrite the state before it.
 */
export function neverFails(hook: object): void {
  harmless.add(hook);
}

/** Whether a hook may fail or touch the model: true unless {@link neverFails} marks it. */
export function mayFail(hook: object): boolean {
  return !harmless.has(hook);
}

/** The names of all hooks. */
export type Hook = Extract<keyof Callback, `on${string}`>;

/** Whether the callback overrides a hook; for others the loop prepares no logs. */
export function overrides(callback: Callback, hook: Hook): boolean {
  return callback[hook] !== Callback.prototype[hook];
}

/**
 * The logs of a model's training, and what its callbacks add to them.
 * @param optimizers names of the model's optimizers; where there are several, each has a `learning_rate` of its own
 */
export function withAddedLogs(
  model: readonly LogKey[],
  callbacks: readonly Callback[],
  optimizers: readonly string[],
): Pick<CallbackParams, "logs" | "logsMayGrow"> {
  const known = new Set(model.map((log) => log.key));
  const logs = [...model];
  let logsMayGrow = false;
  for (const callback of callbacks) {
    if (callback.addsLogs === null) logsMayGrow ||= overrides(callback, "onEpochEnd");
    const added = (callback.addsLogs ?? []).flatMap((key) =>
      key === "learning_rate" && optimizers.length > 1 ? optimizers.map((name) => `${key}_${name}`) : [key],
    );
    for (const key of added) {
      if (known.has(key)) continue;
      known.add(key);
      logs.push({ key, direction: null, batch: false });
    }
  }
  return { logs, logsMayGrow };
}

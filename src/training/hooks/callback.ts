import type { Resolved } from "../../core/options.js";
import { type Json, NO_STATE, type Stateful, type StateValue } from "../../core/stateful.js";
import type { Tensor } from "../../core/tensor.js";
import type { Vfs } from "../../core/vfs.js";
import type { ResolvedRun } from "../options/run-options.js";
import type { LogKey, Logs } from "../state/logs.js";

/** What a training is going to do; given to every callback before the first hook. */
export interface CallbackParams {
  /** Number of the last epoch, as in `fit`. */
  readonly epochs: number;
  /** Zero-based epoch that this call starts with. */
  readonly initialEpoch: number;
  /** Batches an epoch; null when only the end of the data will tell. */
  readonly steps: number | null;
  readonly verbose: 0 | 1 | 2;
  /** All keys that the logs will have, with what the callbacks of this call add ({@link withAddedLogs}). */
  readonly logs: readonly LogKey[];
  /** Whether other keys may turn up, because some callback may add them. */
  readonly logsMayGrow: boolean;
}

/** A file that a callback wants to be written. The loop saves one snapshot when every hook of the event has run. */
export interface SaveRequest {
  /** Where the file goes; its ending names the format. */
  readonly path: string;
  /** Default false: the whole model. */
  readonly weightsOnly?: boolean;
  /**
   * Default true. False: a file that is there already is an error. A callback asks for true on files it wrote itself.
   */
  readonly overwrite?: boolean;
  /** Default true. False: the training waits until the file is durable. */
  readonly async?: boolean;
  /** Called when the file is durable. */
  readonly saved?: () => void | Promise<void>;
}

/** The same with its defaults. */
export type RequestedSave = Omit<Resolved<SaveRequest>, "saved"> &
  Pick<SaveRequest, "saved"> & {
    /** The callback that asked for it. */
    readonly by: unknown;
  };

/** What a hook can ask of the loop. */
export interface CallbackContext {
  /** Asks for a save at the coming cut. Allowed in onTrainBatchEnd, onEpochEnd and onTrainEnd. */
  requestSave(request: SaveRequest): void;
  /** Resolves when every save requested at earlier cuts is durable. */
  flush(): Promise<void>;
  /** Prints text as it is, in order with the progress output; the caller adds line ends. */
  print(text: string): void;
  /** Reports something the user should know, once per text. */
  warn(text: string): void;
  /** Where files of callbacks live. */
  readonly files: Vfs;
  /** Not null when this training goes on from saved state; `epoch` is the zero-based one it goes on with. */
  readonly resumed: { readonly epoch: number } | null;
}

/** The learning rate as callbacks see it. */
export interface LearningRateHandle {
  numpy(): number;
  assign(value: number): void;
}

/** As much of an optimizer as callbacks need. */
export interface TrainingOptimizer {
  readonly name: string;
  readonly learningRate: LearningRateHandle;
  /** True when a schedule computes the rate, so that nobody can assign it. */
  readonly hasSchedule: boolean;
}

/** As much of a model as callbacks need. */
export interface TrainingModel {
  readonly name: string;
  /** Set to true in a hook: the training ends after the hooks of this epoch (validation still runs). */
  stopTraining: boolean;
  readonly optimizer: TrainingOptimizer;
  /** Copies of all weights in Keras's order. */
  getWeights(): Promise<Tensor[]>;
  setWeights(weights: readonly Tensor[]): Promise<void>;
}

type Done = void | Promise<void>;

/**
 * Base of all callbacks: override the hooks you need. Hooks may be async and are awaited, in the order of the list.
 *
 * What a callback remembers between hooks belongs in its state (`getState`, `setState`), then it survives a resume. A
 * training that resumes runs `onTrainBegin` first and then `setState`.
 * @typeParam M what `this.model` is
 */
export class Callback<M extends TrainingModel = TrainingModel> implements Stateful {
  /**
   * Keys that this callback adds to the logs of epochs; null (the default) when it may add any. Monitors are checked
   * against them before training.
   */
  readonly addsLogs: readonly string[] | null = null;

  /**
   * True for callbacks that only watch or save: the training is the same without them, so a resume need not tell that
   * their saved state found no taker.
   */
  readonly watchesOnly: boolean = false;

  /** Not null on a callback that makes the training durable in a folder, as `run` does. */
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
   * What tells this callback from others of its class, as plain data: a path, what it monitors, a name. Saved state goes
   * to the callback that states the same as the one it came from, wherever it stands in the list. Called after
   * `onTrainBegin`. Default null: one callback of a class needs no more.
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
  /** After the last epoch, with the logs of it. */
  onTrainEnd(_logs: Logs, _context: CallbackContext): Done {}
  /** Before the first batch of an epoch, which counts from 0. */
  onEpochBegin(_epoch: number, _logs: Logs, _context: CallbackContext): Done {}
  /** After an epoch and its validation, with the logs of both; what is added to them is in the history. */
  onEpochEnd(_epoch: number, _logs: Logs, _context: CallbackContext): Done {}
  /** Before a batch of training, which counts from 0 in its epoch. */
  onTrainBatchBegin(_batch: number, _logs: Logs, _context: CallbackContext): Done {}
  /** After it, with the means of the epoch so far. */
  onTrainBatchEnd(_batch: number, _logs: Logs, _context: CallbackContext): Done {}
  /** Before `evaluate`, and before each validation. */
  onTestBegin(_logs: Logs, _context: CallbackContext): Done {}
  /** After it, with its logs. */
  onTestEnd(_logs: Logs, _context: CallbackContext): Done {}
  /** Before a batch of an evaluation or validation. */
  onTestBatchBegin(_batch: number, _logs: Logs, _context: CallbackContext): Done {}
  /** After it, with the means so far. */
  onTestBatchEnd(_batch: number, _logs: Logs, _context: CallbackContext): Done {}
  /** Before `predict`. */
  onPredictBegin(_logs: Logs, _context: CallbackContext): Done {}
  /** After it. */
  onPredictEnd(_logs: Logs, _context: CallbackContext): Done {}
  /** Before a batch of `predict`. */
  onPredictBatchBegin(_batch: number, _logs: Logs, _context: CallbackContext): Done {}
  /** After it; `logs.outputs` holds the tensors. */
  onPredictBatchEnd(_batch: number, _logs: Logs, _context: CallbackContext): Done {}
}

/** The name of a callback's class; with what {@link Callback.identify} says, a resume finds whose state is whose. */
export function callbackName(callback: Callback): string {
  const cls = callback.constructor as unknown as { readonly className?: string; readonly name: string };
  return cls.className ?? cls.name;
}

const harmless = new WeakSet<object>();

/**
 * Says of a library's own hook that nothing of what it does can fail and that it does not touch the model. With only
 * such hooks at the end of a batch, a step may overwrite what was there before.
 */
export function neverFails(hook: object): void {
  harmless.add(hook);
}

/** Whether a hook may be what {@link neverFails} excludes. */
export function mayFail(hook: object): boolean {
  return !harmless.has(hook);
}

/** The names of all hooks. */
export type Hook = Extract<keyof Callback, `on${string}`>;

/** Whether the callback has its own version of a hook, so that the loop need not prepare logs nobody reads. */
export function overrides(callback: Callback, hook: Hook): boolean {
  return callback[hook] !== Callback.prototype[hook];
}

/** The logs of a model's training, and what its callbacks add to them. */
export function withAddedLogs(
  model: readonly LogKey[],
  callbacks: readonly Callback[],
): Pick<CallbackParams, "logs" | "logsMayGrow"> {
  const known = new Set(model.map((log) => log.key));
  const logs = [...model];
  let logsMayGrow = false;
  for (const callback of callbacks) {
    if (callback.addsLogs === null) logsMayGrow ||= overrides(callback, "onEpochEnd");
    for (const key of callback.addsLogs ?? []) {
      if (known.has(key)) continue;
      known.add(key);
      logs.push({ key, direction: null, batch: false });
    }
  }
  return { logs, logsMayGrow };
}

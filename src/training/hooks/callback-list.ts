import type { StateValue } from "../../core/stateful.js";
import { Tensor } from "../../core/tensor.js";
import type { Logs } from "../state/logs.js";
import type { CallbackMark, CallbackState } from "../state/train-state.js";
import { Callback, type CallbackParams, type Hook, mayFail, overrides, type TrainingModel } from "./callback.js";
import { markOf, matchStates } from "./callback-marks.js";
import { History } from "./history.js";
import type { LoopContext } from "./loop-context.js";

type EpochHook = "onEpochBegin" | "onEpochEnd";
type BatchHook = Extract<Hook, `${string}Batch${string}`>;
type IndexedHook = EpochHook | BatchHook;
type PlainHook = Exclude<Hook, IndexedHook>;

/** The callbacks of one loop, called hook by hook in their order, each awaited before the next. */
export class CallbackList {
  readonly callbacks: readonly Callback[];
  readonly #context: LoopContext;
  readonly #listeners = new Map<Hook, readonly Callback[]>();
  /** Those that have a state. */
  readonly #remembering: ReadonlySet<Callback>;
  /** The states at the last cut of callbacks that may have changed since. Null before the first cut. */
  #kept: Map<Callback, StateValue | Promise<StateValue>> | null = null;
  #model: TrainingModel | null = null;
  #stopper: Callback | null = null;

  constructor(callbacks: readonly Callback[], context: LoopContext) {
    this.callbacks = callbacks;
    this.#context = context;
    const remembers = (callback: Callback): boolean => callback.getState !== Callback.prototype.getState;
    // The history belongs to the training's state, not to a callback's.
    this.#remembering = new Set(callbacks.filter((one) => remembers(one) && !(one instanceof History)));
  }

  begin(model: TrainingModel, params: CallbackParams): void {
    this.#model = model;
    for (const callback of this.callbacks) {
      callback.setParams(params);
      callback.setModel(model);
    }
  }

  /** Whether any callback overrides the hook, so that logs are needed. */
  hears(hook: Hook): boolean {
    return this.#listening(hook).length > 0;
  }

  /** Reports something the user should know, once per text. */
  warn(text: string): void {
    this.#context.warn(text);
  }

  async run(hook: PlainHook, logs: Logs): Promise<void> {
    for (const callback of this.#listening(hook)) {
      await this.#inside(hook, callback, () => callback[hook](logs, this.#context));
    }
  }

  async at(hook: IndexedHook, index: number, logs: Logs): Promise<void> {
    for (const callback of this.#listening(hook)) {
      await this.#inside(hook, callback, () => callback[hook](index, logs, this.#context));
    }
  }

  /** Whether user hooks run between a step and its cut. */
  get canFailAfterSteps(): boolean {
    return this.#listening("onTrainBatchEnd").some((callback) => mayFail(callback.onTrainBatchEnd));
  }

  /** Marks a cut: from now on, each callback's state is copied before its next hook runs. */
  forgetStates(): void {
    this.#kept ??= new Map();
    if (this.#kept.size > 0) this.#kept.clear();
  }

  /** The callbacks' states at the last cut; callbacks without state are left out. */
  async statesAtCut(): Promise<CallbackState[]> {
    const states: CallbackState[] = [];
    for (const callback of this.#remembering) {
      const state = await this.#keep(callback);
      if (state.json === null && Object.keys(state.tensors).length === 0) continue;
      states.push({ ...markOf(callback), watchesOnly: callback.watchesOnly, state });
    }
    return states;
  }

  /**
   * Gives each saved state back to the callback that it came from.
   * @returns what the user should know of states without such a callback
   */
  async setState(states: readonly CallbackState[]): Promise<readonly string[]> {
    const { pairs, notes } = matchStates(this.callbacks, states);
    for (const [callback, { state }] of pairs) await callback.setState(state);
    return notes;
  }

  /** The callback that set `stopTraining`; null when none has. */
  get stoppedBy(): CallbackMark | null {
    return this.#stopper === null ? null : markOf(this.#stopper);
  }

  #keep(callback: Callback): StateValue | Promise<StateValue> {
    const known = this.#kept!.get(callback);
    if (known !== undefined) return known;
    const given = callback.getState();
    const kept = given instanceof Promise ? given.then(copyOf) : copyOf(given);
    this.#kept!.set(callback, kept);
    return kept;
  }

  #listening(hook: Hook): readonly Callback[] {
    let listening = this.#listeners.get(hook);
    if (listening === undefined) {
      listening = this.callbacks.filter((callback) => overrides(callback, hook));
      this.#listeners.set(hook, listening);
    }
    return listening;
  }

  async #inside(hook: Hook, callback: Callback, call: () => void | Promise<void>): Promise<void> {
    if (this.#kept !== null && !this.#kept.has(callback) && this.#remembering.has(callback)) {
      const keeping = this.#keep(callback);
      if (keeping instanceof Promise) await keeping;
    }
    this.#context.hook = hook;
    this.#context.caller = callback;
    const stopped = this.#model?.stopTraining;
    try {
      // Hooks that are not async cost no turn of the event loop.
      const pending = call();
      if (pending !== undefined) await pending;
      if (stopped === false && this.#model!.stopTraining) this.#stopper = callback;
    } finally {
      this.#context.hook = null;
    }
  }
}

/** Copies a state, for the callback may go on changing what it returned. */
function copyOf({ json, tensors }: StateValue): StateValue {
  const names = Object.keys(tensors);
  return {
    json: structuredClone(json),
    tensors: names.length === 0 ? tensors : Object.fromEntries(names.map((name) => [name, copyTensor(tensors[name]!)])),
  };
}

function copyTensor({ data, shape, dtype }: Tensor): Tensor {
  return new Tensor(data.slice(), shape, dtype);
}

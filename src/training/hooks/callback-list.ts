import type { Logs } from "../state/logs.js";
import type { CallbackState } from "../state/train-state.js";
import {
  type Callback,
  type CallbackParams,
  callbackName,
  type Hook,
  overrides,
  type TrainingModel,
} from "./callback.js";
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

  constructor(callbacks: readonly Callback[], context: LoopContext) {
    this.callbacks = callbacks;
    this.#context = context;
  }

  begin(model: TrainingModel, params: CallbackParams): void {
    for (const callback of this.callbacks) {
      callback.setParams(params);
      callback.setModel(model);
    }
  }

  /** Whether any callback listens, so that logs are worth making. */
  hears(hook: Hook): boolean {
    return this.#listening(hook).length > 0;
  }

  async run(hook: PlainHook, logs: Logs): Promise<void> {
    for (const callback of this.#listening(hook)) {
      await this.#inside(hook, () => callback[hook](logs, this.#context));
    }
  }

  async at(hook: IndexedHook, index: number, logs: Logs): Promise<void> {
    for (const callback of this.#listening(hook)) {
      await this.#inside(hook, () => callback[hook](index, logs, this.#context));
    }
  }

  /** What the callbacks remember; those that remember nothing are left out. */
  async getState(): Promise<CallbackState[]> {
    const states: CallbackState[] = [];
    for (const callback of this.callbacks) {
      const state = await callback.getState();
      if (state.json === null && Object.keys(state.tensors).length === 0) continue;
      states.push({ className: callbackName(callback), watchesOnly: callback.watchesOnly, state });
    }
    return states;
  }

  /**
   * Gives saved states back, to the callbacks of their class in order.
   * @returns classes of states that found no callback, where that makes a difference
   */
  async setState(states: readonly CallbackState[]): Promise<string[]> {
    const waiting = [...this.callbacks];
    const lost: string[] = [];
    for (const { className, watchesOnly, state } of states) {
      const index = waiting.findIndex((callback) => callbackName(callback) === className);
      if (index < 0 && !watchesOnly) lost.push(className);
      if (index >= 0) await waiting.splice(index, 1)[0]!.setState(state);
    }
    return lost;
  }

  #listening(hook: Hook): readonly Callback[] {
    let listening = this.#listeners.get(hook);
    if (listening === undefined) {
      listening = this.callbacks.filter((callback) => overrides(callback, hook));
      this.#listeners.set(hook, listening);
    }
    return listening;
  }

  async #inside(hook: Hook, call: () => void | Promise<void>): Promise<void> {
    this.#context.hook = hook;
    try {
      // Hooks that are not async cost no turn of the event loop.
      const pending = call();
      if (pending !== undefined) await pending;
    } finally {
      this.#context.hook = null;
    }
  }
}

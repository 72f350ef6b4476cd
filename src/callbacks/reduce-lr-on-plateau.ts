import { numberFromJson, numberToJson } from "../core/json-number.js";
import { type Fields, float, int, type Resolved, resolveOptions, wrongOption } from "../core/options.js";
import { repr } from "../core/python-number.js";
import type { Json, StateValue } from "../core/stateful.js";
import { Callback, type CallbackContext } from "../training/hooks/callback.js";
import type { Logs } from "../training/state/logs.js";
import { settableRate } from "./learning-rate.js";
import { Monitor, type MonitorOptions, monitorFields } from "./monitor.js";
import { type VerboseOption, verboseField } from "./verbose.js";

export interface ReduceLROnPlateauOptions extends MonitorOptions, VerboseOption {
  /** Factor below 1 that the rate is multiplied by. Default 0.1. */
  factor?: number;
  /** Epochs without improvement after which the rate is reduced. Default 10. */
  patience?: number;
  /** Smallest change that counts as better. Default 1e-4. */
  minDelta?: number;
  /** Epochs to wait after a reduction before counting again. Default 0. */
  cooldown?: number;
  /** Lower bound of the rate. Default 0. */
  minLr?: number;
}

const FIELDS: Fields<ReduceLROnPlateauOptions> = {
  ...monitorFields,
  verbose: verboseField,
  factor: {
    default: 0.1,
    parse(value, where) {
      if (typeof value !== "number" || !(value >= 0 && value < 1)) throw wrongOption(where, "a number below 1", value);
      return value;
    },
  },
  patience: int({ min: 0 }, { default: 10 }),
  minDelta: float({}, { default: 1e-4 }),
  cooldown: int({ min: 0 }, { default: 0 }),
  minLr: float({ min: 0 }, { default: 0 }),
};

/** Reduces the learning rate when a monitored value has stopped improving. Adds `learning_rate` to the logs. */
export class ReduceLROnPlateau extends Callback {
  static readonly className: string = "ReduceLROnPlateau";
  override readonly addsLogs: readonly string[] = ["learning_rate"];
  readonly options: Resolved<ReduceLROnPlateauOptions>;
  readonly #monitor: Monitor;
  #best: number | null = null;
  #wait = 0;
  #cooldownCounter = 0;

  constructor(options?: ReduceLROnPlateauOptions) {
    super();
    this.options = resolveOptions("ReduceLROnPlateau", FIELDS, options);
    this.#monitor = new Monitor("ReduceLROnPlateau", this.options, this.options.minDelta);
  }

  get best(): number | null {
    return this.#best;
  }

  /** Epochs since the last improvement or reduction. */
  get wait(): number {
    return this.#wait;
  }

  /** Epochs left of the cooldown. */
  get cooldownCounter(): number {
    return this.#cooldownCounter;
  }

  override onTrainBegin(): void {
    this.#monitor.prepare(this.params);
    settableRate("ReduceLROnPlateau", this.model);
    this.#best = null;
    this.#wait = 0;
    this.#cooldownCounter = 0;
  }

  override onEpochEnd(epoch: number, logs: Logs, context: CallbackContext): void {
    logs["learning_rate"] = this.model.optimizer.learningRate.numpy();
    const current = this.#monitor.read(logs, this.params, context);
    if (current === undefined) return;
    if (this.#cooldownCounter > 0) {
      this.#cooldownCounter--;
      this.#wait = 0;
    }
    if (this.#monitor.isBetter(current, this.#best)) {
      this.#best = current;
      this.#wait = 0;
    } else if (this.#cooldownCounter === 0) {
      this.#wait++;
      if (this.#wait >= this.options.patience) this.#reduce(epoch, context);
    }
  }

  override identify(): Json {
    return this.#monitor.identify();
  }

  override getState(): StateValue {
    const best = this.#best === null ? null : numberToJson(this.#best);
    return { json: { best, wait: this.#wait, cooldownCounter: this.#cooldownCounter }, tensors: {} };
  }

  override setState({ json }: StateValue): void {
    const state = json as { readonly best: Json; readonly wait: number; readonly cooldownCounter: number };
    this.#best = state.best === null ? null : numberFromJson(state.best);
    this.#wait = state.wait;
    this.#cooldownCounter = state.cooldownCounter;
  }

  #reduce(epoch: number, context: CallbackContext): void {
    const { cooldown, factor, minLr, verbose } = this.options;
    const rate = settableRate("ReduceLROnPlateau", this.model);
    const old = rate.numpy();
    if (old <= Math.fround(minLr)) return;
    const reduced = Math.max(old * factor, minLr);
    rate.assign(reduced);
    if (verbose > 0) {
      context.print(`\nEpoch ${epoch + 1}: ReduceLROnPlateau reducing learning rate to ${repr(reduced)}.\n`);
    }
    this.#cooldownCounter = cooldown;
    this.#wait = 0;
  }
}

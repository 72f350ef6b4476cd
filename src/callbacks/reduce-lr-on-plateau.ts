import { numberFromJson, numberToJson } from "../core/json-number.js";
import { type Fields, float, int, type Resolved, resolveOptions, wrongOption } from "../core/options.js";
import { repr } from "../core/python-number.js";
import type { Json, StateValue } from "../core/stateful.js";
import { Callback, type CallbackContext } from "../training/hooks/callback.js";
import type { Logs } from "../training/state/logs.js";
import { logRates, type OptimizerOption, optimizerField, settableRates } from "./learning-rate.js";
import { Monitor, type MonitorOptions, monitorFields } from "./monitor.js";
import { type VerboseOption, verboseField } from "./verbose.js";

export interface ReduceLROnPlateauOptions extends MonitorOptions, VerboseOption, OptimizerOption {
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
  optimizer: optimizerField,
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

/**
 * Reduces the learning rate when a monitored value has stopped improving. Adds `learning_rate` to the logs, with several
 * optimizers `learning_rate_NAME` of each.
 */
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
    settableRates("ReduceLROnPlateau", this.model, this.options.optimizer);
    this.#best = null;
    this.#wait = 0;
    this.#cooldownCounter = 0;
  }

  override onEpochEnd(epoch: number, logs: Logs, context: CallbackContext): void {
    logRates("ReduceLROnPlateau", this.model, this.options.optimizer, logs);
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
    const { cooldown, factor, minLr, verbose, optimizer } = this.options;
    const rates = settableRates("ReduceLROnPlateau", this.model, optimizer);
    const above = rates.filter(({ rate }) => rate.numpy() > Math.fround(minLr));
    if (above.length === 0) return;
    for (const { key, rate } of above) {
      const reduced = Math.max(rate.numpy() * factor, minLr);
      rate.assign(reduced);
      if (verbose === 0) continue;
      const what = key.replaceAll("_", " ").replace("learning rate ", "learning rate of ");
      context.print(`\nEpoch ${epoch + 1}: ReduceLROnPlateau reducing ${what} to ${repr(reduced)}.\n`);
    }
    this.#cooldownCounter = cooldown;
    this.#wait = 0;
  }
}

import { numberFromJson, numberToJson } from "../core/json-number.js";
import { bool, type Fields, float, int, nullable, type Resolved, resolveOptions } from "../core/options.js";
import type { Json, StateValue } from "../core/stateful.js";
import type { Tensor } from "../core/tensor.js";
import { Callback, type CallbackContext } from "../training/hooks/callback.js";
import type { Logs } from "../training/state/logs.js";
import { Monitor, type MonitorOptions, monitorFields } from "./monitor.js";
import { type VerboseOption, verboseField } from "./verbose.js";

export interface EarlyStoppingOptions extends MonitorOptions, VerboseOption {
  /** Smallest change that counts as better. Default 0. */
  minDelta?: number;
  /** Epochs without improvement after which training stops. Default 0. */
  patience?: number;
  /** Patience restarts only at values better than this. Default null: at any improvement. */
  baseline?: number | null;
  /** Whether to set the weights of the best epoch at the end. Default false. */
  restoreBestWeights?: boolean;
  /** Epochs to ignore at the start. Default 0. */
  startFromEpoch?: number;
}

const FIELDS: Fields<EarlyStoppingOptions> = {
  ...monitorFields,
  verbose: verboseField,
  minDelta: float({}, { default: 0 }),
  patience: int({ min: 0 }, { default: 0 }),
  baseline: nullable(float()),
  restoreBestWeights: bool(false),
  startFromEpoch: int({ min: 0 }, { default: 0 }),
};

/** Stops training when a monitored value has stopped improving. Its state, with the best weights, survives a resume. */
export class EarlyStopping extends Callback {
  static readonly className: string = "EarlyStopping";
  override readonly addsLogs: readonly string[] = [];
  readonly options: Resolved<EarlyStoppingOptions>;
  readonly #monitor: Monitor;
  #best: number | null = null;
  #bestEpoch = 0;
  #bestWeights: readonly Tensor[] | null = null;
  #wait = 0;
  #stoppedEpoch = 0;

  constructor(options?: EarlyStoppingOptions) {
    super();
    this.options = resolveOptions("EarlyStopping", FIELDS, options);
    this.#monitor = new Monitor("EarlyStopping", this.options, this.options.minDelta);
  }

  /** The best value so far; null before the first. */
  get best(): number | null {
    return this.#best;
  }

  /** Zero-based epoch of the best value. */
  get bestEpoch(): number {
    return this.#bestEpoch;
  }

  /** Epochs since the last improvement. */
  get wait(): number {
    return this.#wait;
  }

  /** Epoch (from 0) in which training was stopped; 0 when it was not. */
  get stoppedEpoch(): number {
    return this.#stoppedEpoch;
  }

  override onTrainBegin(): void {
    this.#monitor.prepare(this.params);
    this.#best = null;
    this.#bestEpoch = 0;
    this.#bestWeights = null;
    this.#wait = 0;
    this.#stoppedEpoch = 0;
  }

  override async onEpochEnd(epoch: number, logs: Logs, context: CallbackContext): Promise<void> {
    const { baseline, patience, restoreBestWeights, startFromEpoch } = this.options;
    const current = this.#monitor.read(logs, this.params, context);
    if (current === undefined || epoch < startFromEpoch) return;
    const improved = this.#monitor.isBetter(current, this.#best);
    if (restoreBestWeights && (improved || this.#bestWeights === null)) {
      this.#bestWeights = await this.model.getWeights();
      this.#bestEpoch = epoch;
    }
    this.#wait++;
    if (improved) {
      this.#best = current;
      this.#bestEpoch = epoch;
      if (baseline === null || this.#monitor.isBetter(current, baseline)) this.#wait = 0;
    } else if (this.#wait >= patience && epoch > 0) {
      this.#stoppedEpoch = epoch;
      this.model.stopTraining = true;
    }
  }

  override async onTrainEnd(_logs: Logs, context: CallbackContext): Promise<void> {
    const { restoreBestWeights, verbose } = this.options;
    if (this.#stoppedEpoch > 0 && verbose > 0) context.print(`Epoch ${this.#stoppedEpoch + 1}: early stopping\n`);
    if (!restoreBestWeights || this.#bestWeights === null) return;
    if (verbose > 0) {
      context.print(`Restoring model weights from the end of the best epoch: ${this.#bestEpoch + 1}.\n`);
    }
    await this.model.setWeights(this.#bestWeights);
  }

  override identify(): Json {
    return this.#monitor.identify();
  }

  override getState(): StateValue {
    return {
      json: {
        best: this.#best === null ? null : numberToJson(this.#best),
        bestEpoch: this.#bestEpoch,
        wait: this.#wait,
        stoppedEpoch: this.#stoppedEpoch,
        bestWeights: this.#bestWeights?.length ?? null,
      },
      tensors: Object.fromEntries((this.#bestWeights ?? []).map((weight, i) => [String(i), weight])),
    };
  }

  override setState({ json, tensors }: StateValue): void {
    const state = json as {
      readonly best: Json;
      readonly bestEpoch: number;
      readonly wait: number;
      readonly stoppedEpoch: number;
      readonly bestWeights: number | null;
    };
    this.#best = state.best === null ? null : numberFromJson(state.best);
    this.#bestEpoch = state.bestEpoch;
    this.#wait = state.wait;
    this.#stoppedEpoch = state.stoppedEpoch;
    // The training goes on past the stop: with another patience the count continues, with the same it restarts.
    if (state.stoppedEpoch > 0 && !this.model.stopTraining) {
      this.#stoppedEpoch = 0;
      if (state.wait >= this.options.patience) this.#wait = 0;
    }
    this.#bestWeights =
      state.bestWeights === null ? null : Array.from({ length: state.bestWeights }, (_, i) => tensors[String(i)]!);
  }
}

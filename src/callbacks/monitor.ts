import { OptionError } from "../core/errors.js";
import { type Field, oneOf, text } from "../core/options.js";
import { nearest } from "../core/spelling.js";
import type { CallbackContext, CallbackParams } from "../training/hooks/callback.js";
import type { Logs } from "../training/state/logs.js";

/** Whether a smaller or a larger value is better. "auto": the monitored loss or metric decides. */
export type Mode = "auto" | "min" | "max";

export interface MonitorOptions {
  /** Log key to watch, e.g. "val_loss", "accuracy", "out_accuracy". Default "val_loss". */
  monitor?: string;
  /** Whether a smaller or a larger value is better. Default "auto": the loss or metric decides. */
  mode?: Mode;
}

export const monitorFields: { readonly monitor: Field<string>; readonly mode: Field<Mode> } = {
  monitor: text({ default: "val_loss" }),
  mode: oneOf(["auto", "min", "max"], { default: "auto" }),
};

/** Watches one log key: checks before training that it will be there, and detects improvements. */
export class Monitor {
  readonly key: string;
  readonly #owner: string;
  readonly #mode: Mode;
  readonly #minDelta: number;
  #direction: "min" | "max" | null = null;

  /** @param owner class of the callback, for messages */
  constructor(owner: string, { monitor, mode }: Required<MonitorOptions>, minDelta = 0) {
    this.#owner = owner;
    this.key = monitor;
    this.#mode = mode;
    this.#minDelta = Math.abs(minDelta);
  }

  /** Distinguishes callbacks of one class that watch different values. */
  identify(): { readonly monitor: string; readonly mode: Mode } {
    return { monitor: this.key, mode: this.#direction ?? this.#mode };
  }

  /**
   * Finds the direction, and fails if the key certainly will not be in the logs.
   * @param ofBatches whether the key is needed at the end of batches
   * @throws {OptionError} that names the available keys and the nearest spelling
   */
  prepare(params: CallbackParams, ofBatches = false): void {
    const log = params.logs.find(({ key }) => key === this.key);
    if (log === undefined && !params.logsMayGrow) throw this.#missing(params);
    if (log?.batch === false && ofBatches) {
      throw new OptionError({
        code: "monitor-batch",
        what: `${this.#owner} monitors "${this.key}" at the end of batches, where it is not known`,
        expected: `one of ${names(params.logs.filter(({ batch }) => batch).map(({ key }) => key))}`,
        fix: 'Save at the end of epochs (saveFreq: "epoch"), or monitor a value of batches',
      });
    }
    const known = log?.direction ?? (/(^|_)loss$/u.test(this.key) ? "min" : null);
    this.#direction = this.#mode === "auto" ? known : this.#mode;
    if (this.#direction === null) {
      throw new OptionError({
        code: "monitor-direction",
        what: `${this.#owner} cannot tell whether more or less of "${this.key}" is better`,
        fix: 'Pass mode: "max" or mode: "min"',
      });
    }
  }

  /** The value in the logs. Warns about a key that was never announced, not about one that skips an epoch. */
  read(logs: Logs, params: CallbackParams, context: CallbackContext): number | undefined {
    if (Object.hasOwn(logs, this.key)) return logs[this.key];
    if (!params.logs.some(({ key }) => key === this.key)) {
      context.warn(
        `${this.#owner} monitors "${this.key}", which is not in the logs. There are ${names(Object.keys(logs))}.`,
      );
    }
    return undefined;
  }

  /**
   * Whether `value` is better than `reference` by more than minDelta, compared in float32 as in Keras. Any value is
   * better than null, and any number is better than NaN (which Keras would keep for ever).
   */
  isBetter(value: number, reference: number | null): boolean {
    if (reference === null) return true;
    if (Number.isNaN(reference)) return !Number.isNaN(value);
    const bound = Math.fround(reference);
    return this.#direction === "max"
      ? Math.fround(value - this.#minDelta) > bound
      : Math.fround(value + this.#minDelta) < bound;
  }

  #missing(params: CallbackParams): OptionError {
    const known = params.logs.map(({ key }) => key);
    const guess = nearest(this.key, known);
    const noValidation = this.key.startsWith("val_") && known.includes(this.key.slice(4));
    return new OptionError({
      code: "missing-monitor",
      what: `${this.#owner} monitors "${this.key}", which this training does not have`,
      expected: `one of ${names(known)}`,
      fix: noValidation
        ? `Give fit validationData or validationSplit, or monitor "${this.key.slice(4)}"`
        : guess === undefined
          ? "Compile the model with that metric"
          : `Did you mean "${guess}"?`,
      data: { monitor: this.key, known },
    });
  }
}

function names(keys: readonly string[]): string {
  return keys.map((key) => `"${key}"`).join(", ");
}

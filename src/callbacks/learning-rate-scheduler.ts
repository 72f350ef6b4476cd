import { OptionError } from "../core/errors.js";
import { checkArguments, type Fields, type Resolved, resolveOptions, wrongOption } from "../core/options.js";
import { repr } from "../core/python-number.js";
import { Callback, type CallbackContext } from "../training/hooks/callback.js";
import type { Logs } from "../training/state/logs.js";
import { settableRate } from "./learning-rate.js";
import { type VerboseOption, verboseField } from "./verbose.js";

/** Computes the learning rate of an epoch (from 0) from the current rate. */
export type EpochSchedule = (epoch: number, learningRate: number) => number;

const FIELDS: Fields<VerboseOption> = { verbose: verboseField };

/**
 * Sets the learning rate at the start of each epoch. Adds `learning_rate` to the logs. Epoch numbers are absolute and
 * the rate is part of the optimizer's state, so a resumed training continues with the same rates.
 */
export class LearningRateScheduler extends Callback {
  static readonly className: string = "LearningRateScheduler";
  override readonly addsLogs: readonly string[] = ["learning_rate"];
  readonly options: Resolved<VerboseOption>;
  readonly #schedule: EpochSchedule;

  constructor(schedule: EpochSchedule, options?: VerboseOption) {
    super();
    checkArguments("LearningRateScheduler", ["schedule"], schedule);
    if (typeof schedule !== "function") {
      throw wrongOption("LearningRateScheduler.schedule", "a function of (epoch, learningRate)", schedule);
    }
    this.#schedule = schedule;
    this.options = resolveOptions("LearningRateScheduler", FIELDS, options);
  }

  override onTrainBegin(): void {
    settableRate("LearningRateScheduler", this.model);
  }

  /** @throws {OptionError} when the schedule does not return a number */
  override onEpochBegin(epoch: number, _logs: Logs, context: CallbackContext): void {
    const rate = settableRate("LearningRateScheduler", this.model);
    const next: unknown = this.#schedule(epoch, rate.numpy());
    if (typeof next !== "number" || !Number.isFinite(next)) {
      throw new OptionError({
        code: "schedule-result",
        what: `The schedule of LearningRateScheduler gave no learning rate for epoch ${epoch}`,
        received: String(next),
        expected: "a finite number",
      });
    }
    rate.assign(next);
    if (this.options.verbose > 0) {
      context.print(`\nEpoch ${epoch + 1}: LearningRateScheduler setting learning rate to ${repr(next)}.\n`);
    }
  }

  override onEpochEnd(_epoch: number, logs: Logs): void {
    logs["learning_rate"] = this.model.optimizer.learningRate.numpy();
  }
}

import { OptionError } from "../core/errors.js";
import { checkArguments, type Fields, type Resolved, resolveOptions, wrongOption } from "../core/options.js";
import { repr } from "../core/python-number.js";
import { Callback, type CallbackContext, type LearningRateHandle } from "../training/hooks/callback.js";
import type { Logs } from "../training/state/logs.js";
import { logRates, type OptimizerOption, optimizerField, settableRates } from "./learning-rate.js";
import { type VerboseOption, verboseField } from "./verbose.js";

/** Computes the learning rate of an epoch (from 0) from the current rate. */
export type EpochSchedule = (epoch: number, learningRate: number) => number;

export interface LearningRateSchedulerOptions extends VerboseOption, OptimizerOption {}

const FIELDS: Fields<LearningRateSchedulerOptions> = { verbose: verboseField, optimizer: optimizerField };

/**
 * Sets the learning rate at the start of each epoch. Adds `learning_rate` to the logs (with several
 * optimizers `learning_rate_NAME` of each, whose rates it sets one after the other). Epoch numbers are absolute and
 * the rate is part of the optimizer's state, so a resumed training continues with the same rates.
 */
export class LearningRateScheduler extends Callback {
  static readonly className: string = "LearningRateScheduler";
  override readonly addsLogs: readonly string[] = ["learning_rate"];
  readonly options: Resolved<LearningRateSchedulerOptions>;
  readonly #schedule: EpochSchedule;

  constructor(schedule: EpochSchedule, options?: LearningRateSchedulerOptions) {
    super();
    checkArguments("LearningRateScheduler", ["schedule"], schedule);
    if (typeof schedule !== "function") {
      throw wrongOption("LearningRateScheduler.schedule", "a function of (epoch, learningRate)", schedule);
    }
    this.#schedule = schedule;
    this.options = resolveOptions("LearningRateScheduler", FIELDS, options);
  }

  override onTrainBegin(): void {
    settableRates("LearningRateScheduler", this.model, this.options.optimizer);
  }

  /** @throws {OptionError} when the schedule does not return a number */
  override onEpochBegin(epoch: number, _logs: Logs, context: CallbackContext): void {
    for (const { rate } of settableRates("LearningRateScheduler", this.model, this.options.optimizer)) {
      this.#set(rate, epoch, context);
    }
  }

  override onEpochEnd(_epoch: number, logs: Logs): void {
    logRates("LearningRateScheduler", this.model, this.options.optimizer, logs);
  }

  #set(rate: LearningRateHandle, epoch: number, context: CallbackContext): void {
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
}

import { StateError, unknownName } from "../core/errors.js";
import { type Field, nullable, text } from "../core/options.js";
import type { LearningRateHandle, TrainingModel, TrainingOptimizer } from "../training/hooks/callback.js";
import type { Logs } from "../training/state/logs.js";

/** Which optimizer a callback is about. */
export interface OptimizerOption {
  /** The name that `compile` gave one of several optimizers. Default null: all. */
  optimizer?: string | null;
}

export const optimizerField: Field<string | null> = nullable(text());

/** The learning rate of an optimizer, with the key that it is logged under. */
export interface NamedRate {
  readonly key: string;
  readonly rate: LearningRateHandle;
}

/**
 * The learning rates that a callback is about: that of the only optimizer, of all, or of the one that it names.
 * @param owner the callback's class, for messages
 * @throws {OptionError} when no optimizer has the name
 * @throws {StateError} when a schedule computes a rate
 */
export function settableRates(owner: string, model: TrainingModel, only: string | null): readonly NamedRate[] {
  return chosen(owner, model, only).map(([key, optimizer]) => ({ key, rate: settable(owner, optimizer) }));
}

/** Adds the rates to the logs: `learning_rate`, or `learning_rate_NAME` for each of several optimizers. */
export function logRates(owner: string, model: TrainingModel, only: string | null, logs: Logs): void {
  for (const [key, { learningRate }] of chosen(owner, model, only)) logs[key] = learningRate.numpy();
}

function chosen(
  owner: string,
  model: TrainingModel,
  only: string | null,
): readonly (readonly [string, TrainingOptimizer])[] {
  const named = Object.entries(model.optimizers ?? { "": model.optimizer });
  const wanted = only === null ? named : named.filter(([name]) => name === only);
  if (wanted.length === 0) {
    const names = named.map(([name]) => name).filter((name) => name !== "");
    throw unknownName(`${owner}.optimizer: no optimizer of ${model.name}`, only ?? "", names);
  }
  return wanted.map(([name, optimizer]) => [named.length === 1 ? KEY : `${KEY}_${name}`, optimizer]);
}

const KEY = "learning_rate";

function settable(owner: string, optimizer: TrainingOptimizer): LearningRateHandle {
  if (!optimizer.hasSchedule) return optimizer.learningRate;
  throw new StateError({
    code: "learning-rate-schedule",
    what: `${owner} sets the learning rate, but the optimizer "${optimizer.name}" follows a schedule`,
    fix: "Give the optimizer a number as learningRate, or leave the callback out",
  });
}

import { StateError } from "../core/errors.js";
import type { LearningRateHandle, TrainingModel } from "../training/hooks/callback.js";

/**
 * The model's learning rate, which can be set.
 * @throws {StateError} when a schedule computes it
 */
export function settableRate(owner: string, { optimizer }: TrainingModel): LearningRateHandle {
  if (!optimizer.hasSchedule) return optimizer.learningRate;
  throw new StateError({
    code: "learning-rate-schedule",
    what: `${owner} sets the learning rate, but the optimizer "${optimizer.name}" follows a schedule`,
    fix: "Give the optimizer a number as learningRate, or leave the callback out",
  });
}

import { bool, type Fields, float } from "../core/options.js";
import { nameField } from "./name-field.js";
import { LearningRateSchedule } from "./schedule.js";

export interface ExponentialDecayOptions {
  /** The rate at step 0. */
  readonly initialLearningRate: number;
  /** Steps after which the rate has been multiplied by `decayRate` once. */
  readonly decaySteps: number;
  /** Factor of the rate after `decaySteps` steps. */
  readonly decayRate: number;
  /** Decay at whole multiples of `decaySteps` only. Default false. */
  readonly staircase?: boolean;
  /** Kept for files. Default: the name of the class. */
  readonly name?: string;
}

/** `initialLearningRate * decayRate ^ (step / decaySteps)`. */
export class ExponentialDecay extends LearningRateSchedule<ExponentialDecayOptions> {
  static override readonly className: string = "ExponentialDecay";
  static readonly fields: Fields<ExponentialDecayOptions> = {
    initialLearningRate: float(),
    decaySteps: float({ above: 0 }),
    decayRate: float(),
    staircase: bool(false),
    name: nameField("ExponentialDecay"),
  };

  at(step: number): number {
    const { initialLearningRate, decaySteps, decayRate, staircase } = this.options;
    const periods = step / decaySteps;
    return initialLearningRate * decayRate ** (staircase ? Math.floor(periods) : periods);
  }
}

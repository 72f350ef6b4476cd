import { bool, type Fields, float } from "../core/options.js";
import { nameField } from "./name-field.js";
import { LearningRateSchedule } from "./schedule.js";

export interface InverseTimeDecayOptions {
  /** The rate at step 0. */
  readonly initialLearningRate: number;
  /** Steps that count as one period. */
  readonly decaySteps: number;
  /** Growth of the divisor in `decaySteps` steps. */
  readonly decayRate: number;
  /** Decay at whole multiples of `decaySteps` only. Default false. */
  readonly staircase?: boolean;
  /** Kept for files. Default: the name of the class. */
  readonly name?: string;
}

/** `initialLearningRate / (1 + decayRate * step / decaySteps)`. */
export class InverseTimeDecay extends LearningRateSchedule<InverseTimeDecayOptions> {
  static override readonly className: string = "InverseTimeDecay";
  static readonly fields: Fields<InverseTimeDecayOptions> = {
    initialLearningRate: float(),
    decaySteps: float({ above: 0 }),
    decayRate: float(),
    staircase: bool(false),
    name: nameField("InverseTimeDecay"),
  };

  at(step: number): number {
    const { initialLearningRate, decaySteps, decayRate, staircase } = this.options;
    const periods = step / decaySteps;
    return initialLearningRate / (1 + decayRate * (staircase ? Math.floor(periods) : periods));
  }
}

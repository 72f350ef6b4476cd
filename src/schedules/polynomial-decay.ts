import { bool, type Fields, float } from "../core/options.js";
import { nameField } from "./name-field.js";
import { LearningRateSchedule } from "./schedule.js";

export interface PolynomialDecayOptions {
  /** The rate at step 0. */
  readonly initialLearningRate: number;
  /** Steps until `endLearningRate` is reached. */
  readonly decaySteps: number;
  /** Default 0.0001. */
  readonly endLearningRate?: number;
  /** Default 1, a straight line. */
  readonly power?: number;
  /** Past `decaySteps`, stretch the curve to the next multiple of it instead of staying at the end. Default false. */
  readonly cycle?: boolean;
  /** Kept for files. Default: the name of the class. */
  readonly name?: string;
}

/** From one rate to another along `(1 - step / decaySteps) ^ power`. */
export class PolynomialDecay extends LearningRateSchedule<PolynomialDecayOptions> {
  static override readonly className: string = "PolynomialDecay";
  static readonly fields: Fields<PolynomialDecayOptions> = {
    initialLearningRate: float(),
    decaySteps: float({ above: 0 }),
    endLearningRate: float({}, { default: 0.0001 }),
    power: float({}, { default: 1 }),
    cycle: bool(false),
    name: nameField("PolynomialDecay"),
  };

  at(step: number): number {
    const { initialLearningRate, decaySteps, endLearningRate, power, cycle } = this.options;
    const length = cycle ? decaySteps * Math.max(1, Math.ceil(step / decaySteps)) : decaySteps;
    const done = (cycle ? step : Math.min(step, decaySteps)) / length;
    return (initialLearningRate - endLearningRate) * (1 - done) ** power + endLearningRate;
  }
}

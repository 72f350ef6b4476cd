import { type Fields, float } from "../core/options.js";
import { nameField } from "./name-field.js";
import { LearningRateSchedule } from "./schedule.js";

export interface CosineDecayRestartsOptions {
  /** The rate at step 0. */
  readonly initialLearningRate: number;
  /** Steps of the first period. */
  readonly firstDecaySteps: number;
  /** Each period is this many times as long as the one before, at least 1. Default 2. */
  readonly tMul?: number;
  /** Each period starts with this many times the rate of the one before. Default 1. */
  readonly mMul?: number;
  /** The lowest rate as a fraction of `initialLearningRate`. Default 0. */
  readonly alpha?: number;
  /** Kept for files. Default: the name of the class. */
  readonly name?: string;
}

/** Cosine decay with restarts (SGDR, Loshchilov & Hutter 2016). */
export class CosineDecayRestarts extends LearningRateSchedule<CosineDecayRestartsOptions> {
  static override readonly className: string = "CosineDecayRestarts";
  static readonly fields: Fields<CosineDecayRestartsOptions> = {
    initialLearningRate: float(),
    firstDecaySteps: float({ above: 0 }),
    tMul: float({ min: 1 }, { default: 2 }),
    mMul: float({}, { default: 1 }),
    alpha: float({}, { default: 0 }),
    name: nameField("SGDRDecay"),
  };

  at(step: number): number {
    const { initialLearningRate, firstDecaySteps, tMul, mMul, alpha } = this.options;
    let periods = 0;
    let done = step / firstDecaySteps;
    if (tMul === 1) {
      periods = Math.floor(done);
      done -= periods;
    } else {
      // Counting the periods instead of taking logarithms keeps the restarts exactly on their steps.
      let length = firstDecaySteps;
      let rest = step;
      for (; rest >= length; periods++) {
        rest -= length;
        length *= tMul;
      }
      done = rest / length;
    }
    const cosine = 0.5 * mMul ** periods * (1 + Math.cos(Math.PI * done));
    return initialLearningRate * ((1 - alpha) * cosine + alpha);
  }
}

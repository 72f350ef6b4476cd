import { type Fields, float, nullable } from "../core/options.js";
import { nameField } from "./name-field.js";
import { LearningRateSchedule } from "./schedule.js";

export interface CosineDecayOptions {
  /** The rate at step 0: start of the warm-up if there is one, else of the decay. */
  readonly initialLearningRate: number;
  /** Steps of the decay, after the warm-up. */
  readonly decaySteps: number;
  /** The rate at the end as a fraction of that at the start of the decay. Default 0. */
  readonly alpha?: number;
  /** Kept for files. Default: the name of the class. */
  readonly name?: string;
  /** Rate at the end of a linear warm-up, from which the decay starts; null (the default) for none. */
  readonly warmupTarget?: number | null;
  /** Steps of the warm-up. Default 0. */
  readonly warmupSteps?: number;
}

/** Half a cosine from the start's rate to `alpha` times it (Loshchilov & Hutter 2016), after an optional warm-up. */
export class CosineDecay extends LearningRateSchedule<CosineDecayOptions> {
  static override readonly className: string = "CosineDecay";
  static readonly fields: Fields<CosineDecayOptions> = {
    initialLearningRate: float(),
    decaySteps: float({ above: 0 }),
    alpha: float({}, { default: 0 }),
    name: nameField("CosineDecay"),
    warmupTarget: nullable(float()),
    warmupSteps: float({ min: 0 }, { default: 0 }),
  };

  at(step: number): number {
    const { initialLearningRate, decaySteps, alpha, warmupTarget, warmupSteps } = this.options;
    const warmup = warmupTarget === null ? 0 : warmupSteps;
    if (warmupTarget !== null && step < warmup) {
      return initialLearningRate + (warmupTarget - initialLearningRate) * (step / warmup);
    }
    const done = Math.min(step - warmup, decaySteps) / decaySteps;
    const cosine = 0.5 * (1 + Math.cos(Math.PI * done));
    return (warmupTarget ?? initialLearningRate) * ((1 - alpha) * cosine + alpha);
  }
}

import type * as catalogue from "../../src/schedules/catalogue.js";
import type { Row } from "./by-hand.js";

/** The expected values of a row worked out by hand. */
export interface ScheduleByHand {
  /** Rates by step. */ readonly rates: Readonly<Record<number, number>>;
}

/**
 * Options of each case, in the fixture's order, or a row worked out by hand. A schedule without a row does not compile.
 */
type Cases = {
  readonly [K in keyof typeof catalogue]: readonly Row<
    ConstructorParameters<(typeof catalogue)[K]>[0],
    ScheduleByHand
  >[];
};

export const scheduleCases: Cases = {
  CosineDecay: [
    { initialLearningRate: 0.1, decaySteps: 100 },
    { initialLearningRate: 0.1, decaySteps: 100, alpha: 0.05 },
    { initialLearningRate: 0.01, decaySteps: 100, alpha: 0.1, warmupTarget: 0.2, warmupSteps: 20 },
    { initialLearningRate: 0, decaySteps: 50, warmupTarget: 0.2, warmupSteps: 0 },
  ],
  CosineDecayRestarts: [
    { initialLearningRate: 0.1, firstDecaySteps: 10 },
    { initialLearningRate: 0.1, firstDecaySteps: 10, tMul: 1, mMul: 0.9 },
    { initialLearningRate: 0.1, firstDecaySteps: 10, tMul: 1.5, mMul: 0.8, alpha: 0.1 },
  ],
  ExponentialDecay: [
    { initialLearningRate: 0.1, decaySteps: 30, decayRate: 0.5 },
    { initialLearningRate: 0.1, decaySteps: 30, decayRate: 0.5, staircase: true },
  ],
  InverseTimeDecay: [
    { initialLearningRate: 0.1, decaySteps: 30, decayRate: 0.5 },
    { initialLearningRate: 0.1, decaySteps: 30, decayRate: 0.5, staircase: true },
  ],
  PiecewiseConstantDecay: [{ boundaries: [10, 30, 100], values: [0.1, 0.05, 0.01, 0.001] }],
  PolynomialDecay: [
    { initialLearningRate: 0.1, decaySteps: 100 },
    { initialLearningRate: 0.1, decaySteps: 100, endLearningRate: 0.01, power: 2 },
    { initialLearningRate: 0.1, decaySteps: 30, power: 0.5, cycle: true },
  ],
};

import type * as catalogue from "../../src/schedules/catalogue.js";

/** Options of each case, in the order of the fixture; a schedule without a row does not compile. */
type Cases = {
  readonly [K in keyof typeof catalogue]: readonly ConstructorParameters<(typeof catalogue)[K]>[0][];
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

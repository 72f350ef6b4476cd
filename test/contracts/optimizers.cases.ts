import type * as catalogue from "../../src/optimizers/catalogue.js";
import { CosineDecay, ExponentialDecay } from "../../src/schedules/index.js";
import type { Row } from "./by-hand.js";

/** The expected values of a row worked out by hand. */
export interface OptimizerByHand {
  /** A scalar weight that starts at 1, after each step. */ readonly weight: readonly number[];
  readonly gradients: readonly number[];
}

/**
 * Options of each case, in the fixture's order, or a row worked out by hand. An optimizer without a row does not
 * compile.
 */
type Cases = {
  readonly [K in keyof typeof catalogue]: readonly Row<
    NonNullable<ConstructorParameters<(typeof catalogue)[K]>[0]>,
    OptimizerByHand
  >[];
};

export const optimizerCases: Cases = {
  SGD: [
    {},
    { learningRate: 0.1, momentum: 0.9 },
    { learningRate: 0.1, momentum: 0.9, nesterov: true, weightDecay: 0.01 },
    { learningRate: 0.1, clipnorm: 0.5 },
    { learningRate: 0.1, clipvalue: 0.3 },
    { learningRate: 0.1, globalClipnorm: 1, momentum: 0.5 },
    { learningRate: 0.1, useEma: true, emaMomentum: 0.9, emaOverwriteFrequency: 3 },
    { learningRate: 0.1, momentum: 0.9, gradientAccumulationSteps: 3, weightDecay: 0.1 },
    {
      learningRate: new ExponentialDecay({ initialLearningRate: 0.1, decaySteps: 4, decayRate: 0.5 }),
      momentum: 0.5,
    },
  ],
  Adam: [
    {},
    { learningRate: 0.05, beta1: 0.8, beta2: 0.95, epsilon: 1e-3 },
    { learningRate: 0.05, amsgrad: true },
    { learningRate: 0.05, weightDecay: 0.02, clipnorm: 1 },
    { learningRate: 0.05, gradientAccumulationSteps: 4, globalClipnorm: 0.7, amsgrad: true },
    { learningRate: 0.05, useEma: true, emaMomentum: 0.8 },
    {
      learningRate: 0.05,
      useEma: true,
      emaMomentum: 0.8,
      emaOverwriteFrequency: 2,
      gradientAccumulationSteps: 2,
      weightDecay: 0.01,
    },
    {
      learningRate: new CosineDecay({ initialLearningRate: 0.1, decaySteps: 10, alpha: 0.1 }),
      weightDecay: 0.1,
      gradientAccumulationSteps: 2,
    },
  ],
  AdamW: [{}, { learningRate: 0.05, weightDecay: 0.1, amsgrad: true }, { learningRate: 0.05, clipvalue: 0.4 }],
  RMSprop: [
    {},
    { learningRate: 0.05, momentum: 0.9 },
    { learningRate: 0.05, centered: true, rho: 0.8 },
    { learningRate: 0.05, centered: true, momentum: 0.7, weightDecay: 0.01, epsilon: 1e-4 },
  ],
  Adagrad: [{}, { learningRate: 0.1, initialAccumulatorValue: 0.2, clipnorm: 1 }],
  Adadelta: [{}, { learningRate: 1, rho: 0.9, epsilon: 1e-4 }],
  Adamax: [{}, { learningRate: 0.05, beta1: 0.8, beta2: 0.9, weightDecay: 0.01 }],
  Nadam: [{}, { learningRate: 0.05, beta1: 0.8, gradientAccumulationSteps: 2 }],
  Lion: [{}, { learningRate: 0.01, beta1: 0.8, beta2: 0.9, weightDecay: 0.01 }],
  Lamb: [{}, { learningRate: 0.05, weightDecay: 0.01 }],
  Ftrl: [
    {},
    {
      learningRate: 0.1,
      l1RegularizationStrength: 0.05,
      l2RegularizationStrength: 0.1,
      l2ShrinkageRegularizationStrength: 0.02,
      beta: 0.1,
    },
    { learningRate: 0.1, learningRatePower: -0.7 },
  ],
  Adafactor: [
    {},
    { learningRate: 0.05, beta2Decay: -0.6, epsilon2: 0.01, clipThreshold: 0.5, relativeStep: false },
    {
      learningRate: new ExponentialDecay({ initialLearningRate: 0.1, decaySteps: 4, decayRate: 0.5 }),
      weightDecay: 0.01,
      clipnorm: 1,
    },
    { learningRate: 0.5, gradientAccumulationSteps: 2, useEma: true, emaMomentum: 0.9 },
  ],
  Muon: [
    {},
    { learningRate: 0.02, rmsRate: null, nesterov: false, momentum: 0.8, nsSteps: 3, weightDecay: 0.1 },
    { learningRate: 0.02, excludeLayers: ["dense/k.*l$"], adamLrRatio: 0.5, adamWeightDecay: 0.1, adamBeta1: 0.8 },
    { learningRate: 0.02, adamWeightDecay: null, gradientAccumulationSteps: 2, muonA: 3, epsilon: 1e-3 },
  ],
  ScheduleFreeAdamW: [
    {},
    { learningRate: 0.05, beta1: 0.8, beta2: 0.9, epsilon: 1e-3, warmupSteps: 4, weightDecay: 0.01 },
    { learningRate: 0.05, gradientAccumulationSteps: 2, clipnorm: 1 },
  ],
};

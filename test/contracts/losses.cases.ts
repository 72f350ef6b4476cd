import type * as catalogue from "../../src/losses/catalogue.js";
import type { Nested, Row } from "./by-hand.js";

/** The expected values of a row worked out by hand. */
export interface LossByHand {
  readonly yTrue: Nested;
  readonly yPred: Nested /** Of the samples. */;
  readonly values: Nested;
}

/** Options of each case, in the fixture's order, or a row worked out by hand. A loss without a row does not compile. */
type Cases = {
  readonly [K in keyof typeof catalogue]: readonly Row<ConstructorParameters<(typeof catalogue)[K]>[0], LossByHand>[];
};

export const lossCases: Cases = {
  BinaryCrossentropy: [{}, {}, { fromLogits: true, labelSmoothing: 0.2 }, {}],
  BinaryFocalCrossentropy: [
    {},
    { applyClassBalancing: true, alpha: 0.4, gamma: 1.5, fromLogits: true, labelSmoothing: 0.1 },
  ],
  CategoricalCrossentropy: [{}, {}, { fromLogits: true, labelSmoothing: 0.1 }, {}],
  CategoricalFocalCrossentropy: [{}, { alpha: 0.5, gamma: 1.5, fromLogits: true, labelSmoothing: 0.1 }],
  CategoricalGeneralizedCrossEntropy: [{}, { q: 0.7 }],
  CategoricalHinge: [{}],
  Circle: [{}, { gamma: 20, margin: 0.25, removeDiagonal: false }],
  CosineSimilarity: [{}, { axis: 1 }],
  CTC: [{}],
  Dice: [{}, { axis: [1] }],
  Hinge: [{}, {}],
  Huber: [{}, { delta: 0.4 }],
  KLDivergence: [{}],
  LogCosh: [{}],
  MeanAbsoluteError: [{}],
  MeanAbsolutePercentageError: [{}],
  MeanSquaredError: [{}, {}, {}],
  MeanSquaredLogarithmicError: [{}],
  Poisson: [{}],
  SparseCategoricalCrossentropy: [
    {},
    {},
    { fromLogits: true },
    { ignoreClass: 2 },
    { ignoreClass: -1, fromLogits: true },
  ],
  SquaredHinge: [{}, {}],
  Tversky: [{}, { alpha: 0.3, beta: 0.8, axis: [1] }],
};

import type * as catalogue from "../../src/constraints/catalogue.js";

/** Options of each case, in the order of the fixture; a constraint without a row does not compile. */
type Cases = {
  readonly [K in keyof typeof catalogue]: readonly ConstructorParameters<(typeof catalogue)[K]>[0][];
};

export const constraintCases: Cases = {
  MaxNorm: [{}, { maxValue: 0.7, axis: [0, 1] }],
  MinMaxNorm: [{}, { minValue: 1.0, maxValue: 1.5, rate: 0.6, axis: 1 }],
  NonNeg: [{}],
  UnitNorm: [{}, { axis: -1 }],
};

import type * as catalogue from "../../src/regularizers/catalogue.js";

/** Options of each case, in the order of the fixture; a regularizer without a row does not compile. */
type Cases = {
  readonly [K in keyof typeof catalogue]: readonly ConstructorParameters<(typeof catalogue)[K]>[0][];
};

export const regularizerCases: Cases = {
  L1: [{}, { l1: 0.3 }],
  L1L2: [{}, { l1: 0.1, l2: 0.02 }],
  L2: [{}, { l2: 0.4 }],
  OrthogonalRegularizer: [{}, { factor: 0.5, mode: "columns" }],
};

import type * as catalogue from "../../src/regularizers/catalogue.js";
import type { Nested, Row } from "./by-hand.js";

/** What a row by hand states. */
export interface RegularizerByHand {
  readonly weight: Nested;
  readonly penalty: number;
}

/** Options of each case, in the order of the fixture, or with values by hand; a regularizer without a row does not compile. */
type Cases = {
  readonly [K in keyof typeof catalogue]: readonly Row<
    ConstructorParameters<(typeof catalogue)[K]>[0],
    RegularizerByHand
  >[];
};

export const regularizerCases: Cases = {
  L1: [{}, { l1: 0.3 }],
  L1L2: [{}, { l1: 0.1, l2: 0.02 }],
  L2: [{}, { l2: 0.4 }],
  OrthogonalRegularizer: [{}, { factor: 0.5, mode: "columns" }],
};

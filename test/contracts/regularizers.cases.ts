import type * as catalogue from "../../src/regularizers/catalogue.js";
import type { Nested, Row } from "./by-hand.js";

/** The expected values of a row worked out by hand. */
export interface RegularizerByHand {
  readonly weight: Nested;
  readonly penalty: number;
}

/**
 * Options of each case, in the fixture's order, or a row worked out by hand. A regularizer without a row does not
 * compile.
 */
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

import type * as catalogue from "../../src/constraints/catalogue.js";
import type { Nested, Row } from "./by-hand.js";

/** The expected values of a row worked out by hand. */
export interface ConstraintByHand {
  readonly weight: Nested;
  readonly projected: Nested;
}

/**
 * Options of each case, in the fixture's order, or a row worked out by hand. A constraint without a row does not
 * compile.
 */
type Cases = {
  readonly [K in keyof typeof catalogue]: readonly Row<
    ConstructorParameters<(typeof catalogue)[K]>[0],
    ConstraintByHand
  >[];
};

export const constraintCases: Cases = {
  MaxNorm: [{}, { maxValue: 0.7, axis: [0, 1] }],
  MinMaxNorm: [{}, { minValue: 1.0, maxValue: 1.5, rate: 0.6, axis: 1 }],
  NonNeg: [{}],
  UnitNorm: [{}, { axis: -1 }],
};

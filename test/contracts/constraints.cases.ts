import type * as catalogue from "../../src/constraints/catalogue.js";
import type { Nested, Row } from "./by-hand.js";

/** What a row by hand states. */
export interface ConstraintByHand {
  readonly weight: Nested;
  readonly projected: Nested;
}

/** Options of each case, in the order of the fixture, or with values by hand; a constraint without a row does not compile. */
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

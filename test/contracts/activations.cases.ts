import type * as catalogue from "../../src/activations/catalogue.js";
import type { Nested, Row } from "./by-hand.js";

type Options<F> = F extends (x: never, options?: infer O) => unknown ? O : never;

/** The expected values of a row worked out by hand. */
export interface ActivationByHand {
  readonly x: Nested;
  readonly y: Nested;
}

/**
 * Options of each case, in the fixture's order, or a row worked out by hand. An activation without a row does not
 * compile.
 */
type Cases = {
  readonly [K in keyof typeof catalogue]: readonly Row<Options<(typeof catalogue)[K]> | undefined, ActivationByHand>[];
};

export const activationCases: Cases = {
  celu: [{}, { alpha: 0.6 }],
  elu: [{}, { alpha: 1.7 }],
  exponential: [undefined],
  gelu: [{}, { approximate: true }],
  glu: [{}, { axis: 1 }],
  hard_shrink: [{}, { threshold: 1.3 }],
  hard_sigmoid: [undefined],
  hard_silu: [undefined],
  hard_swish: [undefined],
  hard_tanh: [undefined],
  leaky_relu: [{}, { negativeSlope: 0.05 }],
  linear: [undefined],
  log_sigmoid: [undefined],
  log_softmax: [{}, { axis: 1 }],
  mish: [undefined],
  relu: [
    {},
    { negativeSlope: 0.1 },
    { maxValue: 2 },
    { maxValue: 6 },
    { threshold: 0.8 },
    { negativeSlope: 0.2, maxValue: 3, threshold: 0.5 },
  ],
  relu6: [undefined],
  selu: [undefined],
  sigmoid: [undefined],
  silu: [undefined],
  soft_shrink: [{}, { threshold: 1.2 }],
  softmax: [{}, { axis: 1 }],
  softplus: [undefined],
  softsign: [undefined],
  sparse_plus: [undefined],
  sparse_sigmoid: [undefined],
  sparsemax: [{}, { axis: 1 }],
  squareplus: [{}, { b: 1.5 }],
  swish: [undefined],
  tanh: [undefined],
  tanh_shrink: [undefined],
  threshold: [{ threshold: 0.7, defaultValue: -2 }],
};

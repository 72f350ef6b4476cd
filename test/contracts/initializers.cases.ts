import type * as catalogue from "../../src/initializers/catalogue.js";
import type { Row } from "./by-hand.js";

/** The expected values of a row worked out by hand. */
export interface InitializerByHand {
  readonly mean: number;
  readonly stddev: number;
  readonly min: number;
  readonly max: number;
}

/**
 * Options of each case, in the fixture's order, or a row worked out by hand. An initializer without a row does not
 * compile.
 */
type Cases = {
  readonly [K in keyof typeof catalogue]: readonly Row<
    ConstructorParameters<(typeof catalogue)[K]>[0],
    InitializerByHand
  >[];
};

export const initializerCases: Cases = {
  Constant: [{}, { value: 0.25 }],
  GlorotNormal: [{ seed: 3 }],
  GlorotUniform: [{}],
  HeNormal: [{ seed: 4 }],
  HeUniform: [{ seed: 5 }],
  Identity: [{ gain: 2.0 }],
  LecunNormal: [{ seed: 6 }],
  LecunUniform: [{ seed: 7 }],
  Ones: [{}],
  Orthogonal: [{ gain: 1.5, seed: 8 }],
  RandomNormal: [{ mean: 0.5, stddev: 0.2, seed: 9 }],
  RandomUniform: [{ minval: -1.0, maxval: 2.0, seed: 10 }],
  STFT: [{}, { side: "imag", window: "flattop", scaling: "spectrum", periodic: true }, { window: null }],
  TruncatedNormal: [{ mean: -0.5, stddev: 0.3, seed: 11 }],
  VarianceScaling: [
    { scale: 3.0, mode: "fan_out", distribution: "uniform", seed: 12 },
    { scale: 0.5, mode: "fan_avg", distribution: "untruncated_normal", seed: 13 },
    { distribution: "normal", seed: 14, inputAxes: [0, 1], outputAxes: [2] },
  ],
  Zeros: [{}],
};

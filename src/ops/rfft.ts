import { type Fields, int, nullable, resolveOptions } from "../core/options.js";
import { cosTurns, sinTurns } from "../core/turns.js";
import type { Value } from "../graph/index.js";
import { lengthOf, matrix, ofLength, transform } from "./fourier.js";
import { matmul } from "./matmul.js";
import { type Operand, toFloat } from "./operand.js";
import { slice } from "./slice.js";

/** Options of transforms between real numbers and spectra. */
export interface RfftOptions {
  /** How many real numbers there are; the input is cut off or filled up. Default null: as many as it says. */
  readonly fftLength?: number | null;
}

export const RFFT_FIELDS: Fields<RfftOptions> = { fftLength: nullable(int({ min: 1 })) };

/** Up to this length, half a spectrum is one product with a matrix. */
export const SHORT_REAL = 128;

/** The Fourier transform of real numbers along the last axis, [real, imaginary]: half of it and one more. */
export function rfft(x: Operand, options?: RfftOptions): readonly [Value, Value] {
  const { fftLength } = resolveOptions("rfft", RFFT_FIELDS, options);
  const value = toFloat(x);
  const length = fftLength ?? lengthOf("rfft", value);
  const real = ofLength(value, length);
  const bins = Math.floor(length / 2) + 1;
  const axis = value.shape.length - 1;
  if (length > SHORT_REAL) {
    const [a, b] = transform([real, null], -1);
    return [slice(a, axis, 0, bins), slice(b, axis, 0, bins)];
  }
  const turn = (j: number, k: number): number => ((j * k) % length) / length;
  const both = matrix(length, 2 * bins, (j, k) => (k < bins ? cosTurns(turn(j, k)) : -sinTurns(turn(j, k - bins))));
  const product = matmul(real, both);
  return [slice(product, axis, 0, bins), slice(product, axis, bins, 2 * bins)];
}
